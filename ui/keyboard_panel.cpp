// SPDX-License-Identifier: GPL-3.0-or-later
// Loading, styling and showing the keyboard.
#include "ui/keyboard_panel.h"

#include <QApplication>
#include <QInputMethod>
#include <QLoggingCategory>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQmlError>
#include <QQuickWidget>
#include <QTimer>

#include <cstdio>

namespace facelatch::ui {

using resources::Palette;

namespace {

const char* const inputMethod = "qtvirtualkeyboard";

bool takesText(const QWidget* widget) {
    return widget != nullptr && widget->isEnabled() && widget->testAttribute(Qt::WA_InputMethodEnabled) &&
           widget->inputMethodQuery(Qt::ImEnabled).toBool();
}

} // namespace

void KeyboardPanel::prepare() {
    const auto set = [](const char* name, const char* value) {
        if (qEnvironmentVariableIsEmpty(name))
            qputenv(name, value);
    };
    set("QT_IM_MODULE", inputMethod);
    qputenv("QT_VIRTUALKEYBOARD_DESKTOP_DISABLE", "1"); // no window of its own: under a kiosk's compositor none shows
    set("QT_QUICK_BACKEND", "software");
}

KeyboardPanel::KeyboardPanel(const QString& language, QWidget* parent) : QWidget(parent), m_language(language) {
    setObjectName(QStringLiteral("keyboardPanel"));
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
    connect(QGuiApplication::inputMethod(), &QInputMethod::visibleChanged, this, &KeyboardPanel::update);
}

KeyboardPanel::~KeyboardPanel() = default;

void KeyboardPanel::follow(QWidget* focus) {
    if (takesText(focus) && window()->isAncestorOf(focus) && load()) {
        QGuiApplication::inputMethod()->show();
        // Made while the focus was moving, the keyboard has not seen whither.
        QTimer::singleShot(0, this, [] { QGuiApplication::inputMethod()->update(Qt::ImQueryAll); });
    }
    update();
}

bool KeyboardPanel::load() {
    if (m_view != nullptr || m_failed || qgetenv("QT_IM_MODULE") != inputMethod)
        return m_view != nullptr;
    QLoggingCategory::setFilterRules(QStringLiteral("qt.virtualkeyboard.hunspell=false")); // it knows no words: names
    auto* view = new QQuickWidget(this);
    view->setObjectName(QStringLiteral("keyboardView"));
    view->setFocusPolicy(Qt::NoFocus); // the field keeps it
    view->setResizeMode(QQuickWidget::SizeRootObjectToView);
    view->engine()->addImportPath(QStringLiteral(":/facelatch/keyboard"));
    view->rootContext()->setContextProperty(QStringLiteral("dress"), dress());
    view->setClearColor(m_style.colour(&Palette::background));
    view->setSource(QUrl(QStringLiteral("qrc:/facelatch/keyboard/panel.qml")));
    if (view->status() != QQuickWidget::Ready) {
        m_failed = true;
        for (const QQmlError& error : view->errors())
            std::fprintf(stderr,
                         "facelatch: no keyboard on the screen: %s. Install qml6-module-qtquick-virtualkeyboard\n",
                         qUtf8Printable(error.toString()));
        delete view;
        return false;
    }
    m_view = view;
    m_view->setGeometry(rect());
    m_view->show();
    return true;
}

void KeyboardPanel::update() {
    const QWidget* focus = QApplication::focusWidget();
    const bool open = m_view != nullptr && QGuiApplication::inputMethod()->isVisible() && takesText(focus) &&
                      window()->isAncestorOf(focus);
    if (open == m_open)
        return;
    m_open = open;
    setVisible(open);
    Q_EMIT openChanged(open);
}

int KeyboardPanel::wantedHeight() const {
    return m_style.px(resources::keyboardHeight);
}

void KeyboardPanel::restyle(const Style& style) {
    m_style = style;
    setFixedHeight(wantedHeight());
    if (m_view != nullptr) {
        m_view->setClearColor(style.colour(&Palette::background));
        m_view->rootContext()->setContextProperty(QStringLiteral("dress"), dress());
    }
}

void KeyboardPanel::resizeEvent(QResizeEvent*) {
    if (m_view == nullptr)
        return;
    m_view->setGeometry(rect());
    m_view->rootContext()->setContextProperty(QStringLiteral("dress"), dress());
}

/// The tokens, as QML reads them.
QVariantMap KeyboardPanel::dress() const {
    const auto colour = [this](ColourRole role) { return QVariant(m_style.colour(role)); };
    return {{QStringLiteral("width"), width()},
            {QStringLiteral("height"), wantedHeight()},
            {QStringLiteral("background"), colour(&Palette::background)},
            {QStringLiteral("key"), colour(&Palette::surface)},
            {QStringLiteral("side"), m_style.colour(&Palette::outline, resources::sideKeyOpacity)},
            {QStringLiteral("text"), colour(&Palette::text)},
            {QStringLiteral("muted"), colour(&Palette::muted)},
            {QStringLiteral("accent"), colour(&Palette::accent)},
            {QStringLiteral("onAccent"), colour(&Palette::onAccent)},
            {QStringLiteral("disabled"), resources::disabledOpacity},
            {QStringLiteral("family"), QFontInfo(m_style.font(resources::fontBody)).family()},
            {QStringLiteral("font"), m_style.px(resources::fontBody)},
            {QStringLiteral("smallFont"), m_style.px(resources::fontSmall)},
            {QStringLiteral("largeFont"), m_style.px(resources::fontTitle)},
            {QStringLiteral("corner"), m_style.px(resources::spaceXs)},
            {QStringLiteral("gap"), m_style.px(resources::spaceXs) / 2},
            {QStringLiteral("item"), m_style.px(resources::listRow)},
            {QStringLiteral("locale"),
             m_language == QLatin1String("fr") ? QStringLiteral("fr_FR") : QStringLiteral("en_GB")},
            {QStringLiteral("locales"), QVariantMap{{QStringLiteral("en_GB"), QStringLiteral("EN")},
                                                    {QStringLiteral("fr_FR"), QStringLiteral("FR")}}}};
}

} // namespace facelatch::ui
