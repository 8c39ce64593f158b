// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses count as one, and counting them.
#include "network/peer_count.h"

#include <gtest/gtest.h>

using namespace facelatch::network;

TEST(PeerKey, TellsAddressesApartAsSubscribersAre) {
    struct Row {
        const char *one, *other;
        bool same;
    };
    const Row rows[] = {
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "::ffff:192.0.2.7", true},
        {"192.0.2.7", "192.0.2.8", false},
        {"127.0.0.1", "127.0.1.1", false},
        {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
        {"2001:db8:1:2::1", "2001:db8:1:3::1", false},
        {"fe80::1", "fe80::2", false},
        {"fe80::1%lo", "fe80::1", true},
        {"::1", "127.0.0.1", false},
        {"fe80::1", "::1", false},
    };
    for (const Row& row : rows)
        EXPECT_EQ(peerKey(QHostAddress(QLatin1String(row.one))) == peerKey(QHostAddress(QLatin1String(row.other))),
                  row.same)
            << row.one << ' ' << row.other;
}

TEST(PeerCount, CountsEachAndAll) {
    const PeerKey a{PeerKey::Kind::V4, 1}, b{PeerKey::Kind::V4, 2};
    PeerCount count;
    count.add(a);
    count.add(a);
    count.add(b);
    EXPECT_EQ(count.all(), 3);
    EXPECT_EQ(count.of(a), 2);
    count.remove(b);
    count.remove(b); // once too often
    EXPECT_EQ(count.of(b), 0);
    EXPECT_EQ(count.all(), 2);
    count.remove(a);
    count.remove(a);
    EXPECT_EQ(count.all(), 0);
    EXPECT_EQ(count.of(a), 0);
}
