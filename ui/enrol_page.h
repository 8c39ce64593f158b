// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolPage: the guided enrolment: who it is, five pictures before the camera, their approval, the trial.
#pragma once

#include "core/enrolment_view.h"
#include "ui/admin_page.h"
#include "ui/controls.h"

#include <QJsonObject>
#include <QTimer>

#include <array>

class QBoxLayout;
class QStackedLayout;

namespace facelatch::ui {

class EnrolStage;
class EnrolThumbs;

/// From the answer to enrol.state.
core::EnrolmentView enrolmentView(const QJsonObject& state);

/// Nothing of it is kept before it is saved at the end; leaving it, in whatever way, throws the pictures away.
class EnrolPage : public AdminPage {
    Q_OBJECT
public:
    /// Whose new pictures are to be taken; empty: somebody new.
    struct Whom {
        QString id, name;
    };
    EnrolPage(const AdminContext& context, const Whom& whom, QWidget* parent = nullptr);
    ~EnrolPage() override;
    QString title() const override;
    void shown() override;
    /// What is to be seen at this state, as enrol.state tells it; for pictures of the screens, too.
    void present(const QJsonObject& state) { show(enrolmentView(state)); }
    bool back() override;
    bool wide() const override { return m_running; }

protected:
    void restyled() override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeWho();
    QWidget* makeReview();
    QWidget* makeMessage();
    void begin();
    void withoutFace();
    QJsonValue consent() const;
    void poll();
    void show(const core::EnrolmentView& view);
    void showPictures();
    void showReview();
    void showStopped();
    void act(const QString& command, const QJsonObject& args = {});
    void finish();
    void finished(const QJsonObject& person);
    void end();
    QString who() const;

    Whom m_whom;
    core::EnrolmentView m_view;
    std::array<std::uint64_t, core::faceViews> m_shownPictures{};
    bool m_running = false; ///< somebody is before the camera, or their pictures wait
    bool m_asking = false, m_saving = false;
    QTimer m_poll;
    QStackedLayout* m_steps;
    QList<QBoxLayout*> m_columns;
    TextField* m_name;
    Toggle* m_consent;
    TextBlock* m_consentHelp;
    Button* m_begin;
    Button* m_without;
    QWidget* m_whoStep;
    EnrolStage* m_stage;
    TextBlock* m_reviewTitle;
    TextBlock* m_reviewText;
    EnrolThumbs* m_thumbs;
    Button* m_test;
    Button* m_save;
    QWidget* m_reviewStep;
    TextBlock* m_stopTitle;
    TextBlock* m_stopText;
    Button* m_again;
    Button* m_another;
    QWidget* m_messageStep;
};

} // namespace facelatch::ui
