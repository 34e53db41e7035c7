// Every page of the window at 1280 x 720: what can be operated has a name for screen readers and one for tests, the Tab
// key reaches it, and no label or button is cut off.
#include "fakeproject.h"
#include "ui/mainwindow.h"
#include "ui/shell/projectview.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize kSmallScreen(1280, 720);
constexpr int kMostTabs = 600; // more stops than any page has

bool isOperated(const QWidget *widget)
{
    const bool isKind = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
                        qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QComboBox *>(widget) ||
                        qobject_cast<const QAbstractSpinBox *>(widget) ||
                        (qobject_cast<const QAbstractItemView *>(widget) && !qobject_cast<const QHeaderView *>(widget));
    // Parts that Qt makes inside its own controls answer for themselves.
    const bool isPart =
        widget->objectName().startsWith("qt_"_L1) || qobject_cast<QComboBox *>(widget->parentWidget()) ||
        qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) || widget->inherits("QTableCornerButton");
    return isKind && !isPart;
}

QString describe(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return u"%1 \"%2\" %3"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                                 button ? button->text() : QString());
}

std::vector<QWidget *> operatedOf(QWidget *window)
{
    std::vector<QWidget *> found;
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        if (widget->isVisible() && isOperated(widget))
            found.push_back(widget);
    }
    return found;
}

QSet<QWidget *> reachedByTab(QWidget *window)
{
    QSet<QWidget *> reached;
    for (int i = 0; i < kMostTabs; ++i) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window, Qt::Key_Tab);
        QWidget *now = QApplication::focusWidget();
        if (!now || (reached.contains(now) && i > 2 * reached.size()))
            break;
        reached.insert(now);
    }
    return reached;
}

// The Tab key enters a group of exclusive choices once; the arrow keys move inside it.
bool isReachedThroughMate(const QWidget *widget, const QSet<QWidget *> &reached)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    if (!button || !(button->autoExclusive() || (button->group() && button->group()->exclusive())))
        return false;
    return std::ranges::any_of(reached, [&](const QWidget *other) {
        const auto *mate = qobject_cast<const QAbstractButton *>(other);
        return mate && (button->group() ? mate->group() == button->group()
                                        : mate->autoExclusive() && mate->parentWidget() == button->parentWidget());
    });
}

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void controlsAreNamed_data();
    void controlsAreNamed();
    void tabReachesControls_data() { controlsAreNamed_data(); }
    void tabReachesControls();
    void nothingIsCutOff_data() { controlsAreNamed_data(); }
    void nothingIsCutOff();

private:
    void go(const QString &pageId);

    FakeProject m_fake;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestAccessibility::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
    m_session = m_fake.makeSession();
    m_window = std::make_unique<MainWindow>(*m_session, *m_theme, AppSettings{});
    m_window->resize(kSmallScreen);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_session->createProject(m_fake.path(), m_fake.settings());
    QTRY_VERIFY(m_session->isOpen());
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->runAll();
    QTRY_COMPARE(finished.count(), 1);
}

void TestAccessibility::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
}

void TestAccessibility::go(const QString &pageId)
{
    if (pageId == pages::kStart)
        m_window->showStart();
    else if (pageId == "present"_L1)
        m_window->showPresent();
    else
        m_window->showPage(pageId);
    QCOMPARE(m_window->currentPageId(), pageId);
    QTest::qWait(50); // layouts settle over a few turns of the event loop
}

void TestAccessibility::controlsAreNamed_data()
{
    QTest::addColumn<QString>("pageId");
    QStringList ids{QString(pages::kStart), u"present"_s};
    ids += m_window->projectView()->pageIds();
    for (const QString &id : ids)
        QTest::newRow(qPrintable(id)) << id;
}

void TestAccessibility::controlsAreNamed()
{
    QFETCH(QString, pageId);
    go(pageId);
    const auto controls = operatedOf(m_window.get());
    QVERIFY(!controls.empty());
    for (QWidget *control : controls) {
        QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(control);
        QVERIFY2(reader && !reader->text(QAccessible::Name).isEmpty(), qPrintable(describe(control)));
        QVERIFY2(!control->objectName().isEmpty(), qPrintable(describe(control)));
    }
}

void TestAccessibility::tabReachesControls()
{
    QFETCH(QString, pageId);
    go(pageId);
    const QSet<QWidget *> reached = reachedByTab(m_window.get());
    QVERIFY(!reached.isEmpty());
    for (QWidget *control : operatedOf(m_window.get())) {
        if (control->isEnabled() && !isReachedThroughMate(control, reached))
            QVERIFY2(reached.contains(control), qPrintable(describe(control)));
    }
}

void TestAccessibility::nothingIsCutOff()
{
    QFETCH(QString, pageId);
    go(pageId);
    for (const QLabel *label : m_window->findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int wanted = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().width();
        const int given = label->wordWrap() ? label->height() : label->width();
        QVERIFY2(given >= wanted, qPrintable(u"%1 < %2: %3"_s.arg(given).arg(wanted).arg(label->text())));
    }
    for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->text().isEmpty())
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(describe(button)));
    }
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
