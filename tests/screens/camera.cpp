#include "tests/screens/camera.h"

#include "app/sessionservices.h"
#include "models/projectstore.h"
#include "ui/shell/projectview.h"
#include "ui/start/startpage.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDeadlineTimer>
#include <QDialog>
#include <QEventLoop>
#include <QFile>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 60s;
constexpr auto kSampleEvery = 120s;
constexpr int kSamples = 720; // a day

// Lets what is on its way arrive: workers' answers, layouts, paint events.
void turnEventLoop(std::chrono::milliseconds duration)
{
    QEventLoop loop;
    QTimer::singleShot(duration, &loop, &QEventLoop::quit);
    loop.exec();
}

// A day with a slow hour, and an outage in it.
std::vector<Sample> aDayOf(qint64 monitorId)
{
    std::vector<Sample> samples;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = kSamples; i >= 1; --i) {
        Sample sample;
        sample.monitorId = monitorId;
        sample.at = now.addMSecs(-i * std::chrono::milliseconds(kSampleEvery).count());
        const bool down = i > 200 && i < 206;
        sample.state = down ? SampleState::Down : SampleState::Up;
        sample.total = std::chrono::milliseconds(170 + (i * 7919) % 130 + (i > 190 && i < 220 ? 400 : 0));
        sample.message = down ? u"HTTP 502 from the app; DNS and TLS were fine"_s : QString();
        samples.push_back(sample);
    }
    return samples;
}

Result<void> writeMonitors(const QString &path, const QString &domain)
{
    const auto store = ProjectStore::open(path, OpenMode::ReadWrite);
    if (!store)
        return tl::unexpected(store.error());
    std::vector<Monitor> monitors(2);
    monitors[0].name = u"Homepage"_s;
    monitors[0].url = u"https://%1/"_s.arg(domain);
    monitors[1].name = u"App sign-in"_s;
    monitors[1].url = u"https://app.%1/login"_s.arg(domain);
    for (Monitor &monitor : monitors)
        monitor.interval = kSampleEvery;
    const auto saved = (*store)->saveMonitors(monitors);
    if (!saved)
        return tl::unexpected(saved.error());
    for (const Monitor &monitor : *saved)
        if (auto written = (*store)->appendSamples(aDayOf(monitor.id)); !written)
            return written;
    return {};
}

} // namespace

Camera::Camera(const Composition &composition, PracticeCompany &company, Theme &theme, const QString &folder,
               QSize size)
    : m_company(company),
      m_folder(folder),
      m_session(sessionServices(composition, company.netOptions(), m_credentials)),
      m_window(m_session, theme, AppSettings())
{
    QDir().mkpath(folder);
    m_window.resize(size);
    m_window.show();
}

bool Camera::waitUntil(const char *what, const std::function<bool()> &reached)
{
    const QDeadlineTimer deadline(kPatience);
    while (!reached()) {
        if (deadline.hasExpired()) {
            std::fprintf(stderr, "not reached: %s\n", what);
            return false;
        }
        turnEventLoop(20ms);
    }
    return true;
}

bool Camera::waitForProject(const QString &path)
{
    return waitUntil("the project is open", [&] { return m_session.isOpen() && m_session.path() == path; });
}

Page *Camera::currentPage() const
{
    return m_window.projectView()->page(m_window.currentPageId());
}

void Camera::shoot(const QString &name)
{
    // Pages are reached without a key or a click: the focus would stay where the last one left it.
    if (QWidget *focused = m_window.focusWidget(); focused && m_window.currentPageId() != pages::kStart)
        focused->clearFocus();
    turnEventLoop(150ms);
    m_window.grab().save(m_folder.filePath(name + u".png"_s));
}

void Camera::shootPages(const QString &suffix)
{
    for (const QString &id : m_window.projectView()->pageIds()) {
        m_window.showPage(id);
        // The worst result of a stage is what a founder looks at first.
        if (auto *results = m_window.projectView()->page(id)->findChild<QAbstractItemView *>(u"results"_s)) {
            turnEventLoop(50ms);
            if (results->model()->rowCount() > 0)
                results->setCurrentIndex(results->model()->index(0, 0));
        }
        if (id == pages::kHandover)
            turnEventLoop(2s); // the preview is drawn by a worker
        if (id == pages::kRecords)
            turnEventLoop(1s); // the name servers are asked
        shoot(id + suffix);
    }
}

bool Camera::press(const QString &button)
{
    auto *found = currentPage()->findChild<QAbstractButton *>(button);
    if (!found || !found->isVisible() || !found->isEnabled()) {
        std::fprintf(stderr, "not to be pressed on %s: %s\n", qPrintable(m_window.currentPageId()), qPrintable(button));
        return false;
    }
    found->click();
    turnEventLoop(50ms);
    return true;
}

bool Camera::shootDialog(const QString &button, const QString &name)
{
    if (!press(button))
        return false;
    const auto dialogs = m_window.findChildren<QDialog *>();
    const auto open = std::ranges::find_if(dialogs, &QDialog::isVisible); // closed ones go a little later
    QDialog *dialog = open == dialogs.end() ? nullptr : *open;
    if (!dialog) {
        std::fprintf(stderr, "no dialog: %s\n", qPrintable(button));
        return false;
    }
    turnEventLoop(150ms);
    dialog->grab().save(m_folder.filePath(name + u".png"_s));
    dialog->reject();
    turnEventLoop(50ms);
    return true;
}

bool Camera::shootStart()
{
    shoot(u"start"_s);
    auto *address = m_window.startPage()->findChild<QLineEdit *>(u"address"_s);
    if (address) {
        address->setText(u"someone@acme-ops.example"_s);
        emit address->returnPressed();
        shoot(u"start-wrong-address"_s);
        address->clear();
        emit address->textEdited({}); // as by hand
    }
    m_window.openProject(m_scratch.filePath(u"missing.cockpit"_s));
    turnEventLoop(500ms);
    shoot(u"start-no-such-file"_s);
    QFile damaged(m_scratch.filePath(u"damaged.cockpit"_s));
    if (!damaged.open(QIODevice::WriteOnly) || damaged.write("not a project") < 0)
        return false;
    damaged.close();
    m_window.openProject(damaged.fileName());
    turnEventLoop(500ms);
    shoot(u"start-damaged-file"_s);
    return true;
}

bool Camera::shootFirstLook()
{
    const QString path = m_scratch.filePath(u"practice.cockpit"_s);
    m_session.createProject(path, m_company.settings());
    if (!waitForProject(path))
        return false;
    m_session.setRoutes(m_company.routes());
    shootPages(u"-empty"_s);
    m_window.showPresent();
    shoot(u"present-empty"_s);
    m_window.showPage(pages::stage(1));
    m_session.runAll();
    if (!waitUntil("a third of the checks are done",
                   [this] { return m_session.progress().done * 3 > m_session.progress().total; }))
        return false;
    shoot(u"stage-1-running"_s);
    return waitUntil("the run has ended", [this] { return !m_session.isRunning(); });
}

bool Camera::shootWithSamples()
{
    const QString path = m_session.path();
    const QString domain = m_session.project().settings.target.domain;
    m_session.closeProject();
    // Its file is let go in the background.
    if (!waitUntil("the monitors are in the file", [&] { return writeMonitors(path, domain).has_value(); }))
        return false;
    m_session.openProject(path, OpenMode::ReadWrite);
    if (!waitForProject(path))
        return false;
    shootPages(QString());
    return true;
}

bool Camera::shootStageDialogs()
{
    m_window.showPage(pages::stage(1));
    if (!shootDialog(u"fixLater"_s, u"dialog-fix-later"_s) || !shootDialog(u"acceptRisk"_s, u"dialog-accept"_s))
        return false;
    if (!press(u"evidence"_s))
        return false;
    shoot(u"stage-1-evidence"_s);
    if (!press(u"showItems"_s))
        return false;
    shoot(u"stage-1-items"_s);
    return chooseItemWith(u"answer"_s) && shootDialog(u"answer"_s, u"dialog-answer"_s) &&
           chooseItemWith(u"showDocument"_s) && shootDialog(u"showDocument"_s, u"dialog-document"_s);
}

// What can be done about an item depends on its kind.
bool Camera::chooseItemWith(const QString &button)
{
    auto *items = currentPage()->findChild<QAbstractItemView *>(u"items"_s);
    for (int row = 0; row < items->model()->rowCount(); ++row) {
        items->setCurrentIndex(items->model()->index(row, 0));
        turnEventLoop(20ms);
        auto *found = currentPage()->findChild<QAbstractButton *>(button);
        if (found && found->isVisible() && found->isEnabled())
            return true;
    }
    std::fprintf(stderr, "no item with %s\n", qPrintable(button));
    return false;
}

bool Camera::shootOtherDialogs()
{
    m_window.showPage(pages::kCredentials);
    if (!shootDialog(u"addFirstCredential"_s, u"dialog-credential"_s))
        return false;
    m_window.showPage(pages::kMonitoring);
    turnEventLoop(300ms);
    if (!shootDialog(u"addMonitor"_s, u"dialog-monitor"_s))
        return false;
    m_window.showPage(pages::kHandover);
    for (const QString &tab : {u"showQuestions"_s, u"showOwners"_s}) {
        if (!press(tab))
            return false;
        shoot(u"handover-"_s + tab.mid(4).toLower());
    }
    return press(u"showSections"_s);
}

bool Camera::shootPresent()
{
    m_window.showPresent();
    shoot(u"present"_s);
    return true;
}

bool Camera::shootReadOnly()
{
    const QString path = m_session.path();
    m_session.openProject(path, OpenMode::ReadOnly);
    if (!waitUntil("the project is read-only", [this] { return m_session.isOpen() && m_session.isReadOnly(); }))
        return false;
    for (const QString &id : {pages::stage(1), QString(pages::kMonitoring), QString(pages::kHandover)}) {
        m_window.showPage(id);
        turnEventLoop(500ms);
        shoot(id + u"-read-only"_s);
    }
    return true;
}

// As on a computer without a network: nobody answers for any name.
bool Camera::shootOffline()
{
    NetOptions nobody;
    nobody.resolvers = {parseResolver(u"127.0.0.1:9"_s).value()};
    nobody.operationTimeout = 1s;
    const QString path = m_scratch.filePath(u"offline.cockpit"_s);
    m_session.createProjectIn(m_scratch.path(), u"offline"_s, m_company.settings(), nobody);
    if (!waitForProject(path))
        return false;
    m_session.runAll();
    if (!waitUntil("the run without a network has ended",
                   [this] { return m_session.progress().done > 0 && !m_session.isRunning(); }))
        return false;
    m_window.showPage(pages::stage(1));
    if (!press(u"showResults"_s))
        return false;
    for (const QString &id : {pages::stage(1), QString(pages::kRisks)}) {
        m_window.showPage(id);
        shoot(id + u"-offline"_s);
    }
    m_window.showPresent();
    shoot(u"present-offline"_s);
    return true;
}

bool Camera::shootEverything()
{
    return shootStart() && shootFirstLook() && shootWithSamples() && shootStageDialogs() && shootOtherDialogs() &&
           shootPresent() && shootReadOnly() && shootOffline();
}

} // namespace cockpit
