// SPDX-License-Identifier: GPL-3.0-or-later
// Playing the people screens with a scripted port.
#include "tests/ui/people_scenes.h"

#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"
#include "ui/admin_shell.h"
#include "ui/controls.h"
#include "ui/enrol_page.h"
#include "ui/import_page.h"
#include "ui/people_page.h"
#include "ui/person_page.h"
#include "ui/viewfinder.h"

#include <QApplication>
#include <QBuffer>
#include <QJsonArray>
#include <QVBoxLayout>

namespace facelatch::test {

namespace {

QString str(const char* text) {
    return QString::fromUtf8(text);
}

/// The admin's screen around one page.
class Screen : public QWidget, public ui::SheetHost {
public:
    Screen(const ui::AdminContext& context, QSize size, ui::Theme theme) : m_style(ui::styleFor(size, theme, false)) {
        resize(size);
        setAutoFillBackground(true);
        QPalette colours = palette();
        colours.setColor(QPalette::Window, m_style.colour(&resources::Palette::background));
        setPalette(colours);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        shell = new ui::AdminShell(context,
                                   {{ui::Section::People,
                                     {str("read_people")},
                                     [](const ui::AdminContext& each, QWidget* parent) -> ui::AdminPage* {
                                         return new ui::PeoplePage(each, parent);
                                     }}},
                                   this);
        column->addWidget(shell);
        ui::restyleAll(*this, m_style);
        show();
    }
    const ui::Style& hostStyle() const override { return m_style; }
    ui::AdminShell* shell;

private:
    ui::Style m_style;
};

QString portrait() {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    paintedPerson({640, 480}).copy(150, 110, 300, 300).scaled(160, 160).save(&buffer, "JPG");
    return QString::fromLatin1(bytes.toBase64());
}

QJsonObject person(const char* name, int id) {
    return {{str("id"), QString::number(id)},
            {str("name"), str(name)},
            {str("card"), str("D8E2F1G3")},
            {str("status"), id == 3 ? str("suspended") : str("active")},
            {str("groups"), QJsonArray{str("Atelier")}},
            {str("templates"), id == 5 ? 0 : 5},
            {str("template_models"), QJsonArray{1, 2, 3, 4, 5}},
            {str("valid_until"),
             id == 2 ? QJsonValue(static_cast<qint64>(sceneNow().wall.time_since_epoch().count() + 6 * 86'400'000LL))
                     : QJsonValue()},
            {str("revision"), 1},
            {str("has_pin"), true},
            {str("consent"), QJsonObject{{str("text"), str("1")},
                                         {str("time"), static_cast<qint64>(sceneNow().wall.time_since_epoch().count())},
                                         {str("witness"), str("Anna")}}}};
}

QJsonArray everybody() {
    QJsonArray people;
    int id = 1;
    for (const char* name :
         {"Alice Martin", "Bob Dupont", "Chloé Petit", "David Laurent", "Éléonore de La Rochefoucauld", "Farid Benali",
          "Gaëlle Simon", "Hugo Moreau", "Inès Garcia"})
        people.append(person(name, id++));
    return people;
}

QJsonObject enrolState(const char* phase, int taken, const char* hint) {
    QJsonArray pictures;
    for (int i = 0; i < 5; ++i)
        pictures.append(i < taken ? QJsonValue(10 + i) : QJsonValue());
    constexpr const char* views[] = {"straight", "left", "right", "up", "smile", "smile"};
    return {{str("phase"), str(phase)},
            {str("hint"), str(hint)},
            {str("stop"), str("already_enrolled")},
            {str("current"), str(views[taken])},
            {str("progress"), 0.6},
            {str("score"), str("weak")},
            {str("frame"), QJsonObject{{str("width"), 640}, {str("height"), 480}}},
            {str("face"), QJsonArray{260, 167, 121, 170}},
            {str("pictures"), pictures},
            {str("someone_else"), QJsonObject{{str("id"), str("2")}, {str("name"), str("Bob Dupont")}}}};
}

void settle() {
    for (int i = 0; i < 8; ++i)
        QApplication::processEvents();
}

void answers(ScriptedPort& port) {
    port.answer(str("person.list"), {{str("people"), everybody()}});
    port.answer(str("person.portrait"), {{str("jpeg"), portrait()}});
    port.answer(str("enrol.picture"), {{str("jpeg"), portrait()}});
    port.answer(str("person.show"), person("Alice Martin", 1));
    port.answer(str("person.close"), {{str("pairs"), QJsonArray()}});
    port.answer(str("enrol.cancel"), {});
    port.answer(str("group.list"), {{str("groups"), QJsonArray{QJsonObject{{str("name"), str("Atelier")}},
                                                               QJsonObject{{str("name"), str("Bureaux")}}}}});
    port.answer(str("folder.list"), {{str("places"), QJsonArray{QJsonObject{{str("path"), str("/media/PHOTOS")}}}}});
    const QJsonObject refused{{str("name"), str("Bob Dupont")},
                              {str("outcome"), str("refused")},
                              {str("pictures"), QJsonArray{QJsonObject{{str("file"), str("bob.jpg")},
                                                                       {str("text"), str("No face was found.")}}}}};
    const QJsonObject added{{str("name"), str("Alice Martin")}, {str("outcome"), str("added")}, {str("accepted"), 4}};
    port.answer(str("enrol.folder.state"), {{str("running"), false},
                                            {str("done"), 2},
                                            {str("total"), 2},
                                            {str("added"), 1},
                                            {str("refused"), 1},
                                            {str("people"), QJsonArray{added, refused}}});
}

} // namespace

bool playPeopleScenes(const ui::KioskConfig& config, core::LatestFrame& frames, QSize size,
                      const std::function<bool(const QString&, QWidget&)>& take) {
    ScriptedPort port;
    answers(port);
    const ui::AdminContext context{
        port,         frames,
        sceneNow,     config.locale,
        true,         str("Anna"),
        str("admin"), {str("read_people"), str("change_person"), str("enrol_person"), str("remove_person")}};
    Screen screen(context, size, config.theme);
    const auto shoot = [&](const char* name) {
        settle();
        for (auto* finder : screen.findChildren<ui::Viewfinder*>())
            finder->tick(sceneNow().mono);
        settle();
        return take(str(name), screen);
    };
    const auto open = [&](ui::AdminPage* page) { Q_EMIT screen.shell->page()->opens(page); };
    const auto press = [&](const char* name) {
        settle();
        for (auto* button : screen.findChildren<QAbstractButton*>(QLatin1String(name)))
            if (button->isVisible())
                return button->click();
    };
    if (!shoot("people"))
        return false;
    open(new ui::PersonPage(context, str("1")));
    if (!shoot("person"))
        return false;
    press("personRemove");
    if (!shoot("person-remove"))
        return false;
    for (auto* sheet : screen.findChildren<ui::Sheet*>())
        sheet->dismiss();
    open(new ui::EnrolPage(context, {}));
    if (!shoot("enrol-who"))
        return false;
    for (auto* field : screen.findChildren<ui::TextField*>(str("enrolName"))) {
        field->setText(str("Alice Martin"));
        Q_EMIT field->edited(field->text());
    }
    port.answer(str("enrol.begin"), enrolState("taking", 2, "look_right"));
    port.holdBack(str("enrol.state"));
    press("enrolConsent");
    press("enrolBegin");
    if (!shoot("enrol-taking"))
        return false;
    const std::pair<const char*, QJsonObject> later[] = {{"enrol-testing", enrolState("testing", 5, "step_back")},
                                                         {"enrol-review", enrolState("review", 5, "none")},
                                                         {"enrol-weak", enrolState("tested", 5, "none")},
                                                         {"enrol-already", enrolState("stopped", 0, "none")}};
    for (const auto& [name, state] : later) {
        port.answer(str("enrol.retake"), state);
        for (auto* page : screen.findChildren<ui::EnrolPage*>())
            page->present(state);
        if (!shoot(name))
            return false;
    }
    open(new ui::ImportPage(context));
    if (!shoot("import"))
        return false;
    port.answer(str("person.list"), {{str("people"), QJsonArray()}});
    Screen empty(context, size, config.theme);
    settle();
    return take(str("people-empty"), empty);
}

} // namespace facelatch::test
