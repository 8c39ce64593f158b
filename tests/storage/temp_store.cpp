// SPDX-License-Identifier: GPL-3.0-or-later
// Looking through a data folder.
#include "temp_store.h"

#include <QDirIterator>

namespace facelatch::test {

QByteArray everythingIn(const std::string& folder) {
    QByteArray all;
    QDirIterator files(QString::fromStdString(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext())
        all += contentOf(files.next().toStdString());
    return all;
}

} // namespace facelatch::test
