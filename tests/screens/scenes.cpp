// What is photographed, in which order.
#include "tests/screens/camera.h"

#include "models/credentialkind.h"
#include "models/projectstore.h"
#include "ui/start/startpage.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <cstdio>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kSampleEvery = 120s;
constexpr int kSamples = 720; // a day

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

// As a mailing service sends it: its own return address, signed for the product with a key that is not published.
QByteArray someMessage(const QString &domain)
{
    const QString text = u"Return-Path: <bounce@mail.%1>\n"
                         "Authentication-Results: mx.receiver.example; spf=fail smtp.mailfrom=mail.%1; dkim=none\n"
                         "Received: from mta7.mailer.example (mta7.mailer.example [192.0.2.7])\n"
                         "\tby mx.receiver.example with ESMTPS; Fri, 27 Nov 2026 09:12:31 +0000\n"
                         "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%1; s=s1; t=1795770750;\n"
                         "\th=from:to:subject:date; bh=uoq1oCgLlTqpdDX/iUbLy7J1Wic=; b=YWJjZGVm\n"
                         "From: Acme Ops <hello@%1>\n"
                         "To: Jo <jo@receiver.example>\n"
                         "Subject: Your invitation\n"
                         "Date: Fri, 27 Nov 2026 09:12:30 +0000\n"
                         "\n"
                         "Welcome.\n"_s;
    return text.arg(domain).toUtf8();
}

// One that is right, one that is gone, one that stays, and one that nobody answers for.
std::vector<RedirectEntry> oldAddresses()
{
    return {{u"http://acme-ops.example/"_s, u"/"_s},
            {u"/pricing-2019?plan=team"_s, u"/pricing?plan=team"_s},
            {u"https://www.acme-ops.example/"_s, u"https://acme-ops.example/"_s},
            {u"https://shop.acme-ops.example/"_s, {}}};
}

SecretEntry secretNamed(const QString &name, const QString &service, const QString &owner, const QString &kept)
{
    SecretEntry entry;
    entry.id = name;
    entry.name = name;
    entry.service = service;
    entry.owner = owner;
    entry.scope = u"Takes payments, pays nothing out"_s;
    entry.keptIn = kept;
    entry.environments = {Environment::Staging, Environment::Production};
    entry.lastRotated = QDate::currentDate().addDays(-40);
    entry.rotateEveryDays = 90;
    entry.exposure = Exposure::No;
    return entry;
}

// Each state of the inventory: exposed, half replaced, overdue, without an owner, in order, not known.
std::vector<SecretEntry> someSecrets()
{
    const QString kept = u"Vercel, environment variables"_s;
    SecretEntry exposed = secretNamed(u"STRIPE_SECRET_KEY"_s, u"Stripe"_s, u"Dana"_s, kept);
    exposed.exposure = Exposure::Yes;
    exposed.exposedOn = QDate::currentDate().addDays(-3);
    exposed.exposedWhere = u"src/pay.js, line 12, and 3 more places"_s;
    exposed.rule = u"stripe-live-secret"_s;
    SecretEntry half = secretNamed(u"OPENAI_API_KEY"_s, u"OpenAI"_s, u"Dana"_s, kept);
    half.exposure = Exposure::Yes;
    half.rotation = {{QDate::currentDate().addDays(-1), u"Dana"_s, {}}, {QDate::currentDate(), u"Dana"_s, {}}};
    SecretEntry late = secretNamed(u"Password of the database"_s, u"Neon"_s, u"Jo"_s, u"Password manager"_s);
    late.lastRotated = QDate::currentDate().addDays(-200);
    SecretEntry alone = secretNamed(u"RESEND_API_KEY"_s, u"Resend"_s, {}, {});
    const SecretEntry well = secretNamed(u"SESSION_SECRET"_s, {}, u"Dana"_s, kept);
    SecretEntry open = secretNamed(u"Password of the registrar"_s, u"Namecheap"_s, u"Jo"_s, u"Password manager"_s);
    open.exposure = Exposure::Unknown;
    return {exposed, half, late, alone, well, open};
}

} // namespace

std::vector<Credential> Camera::someCredentials()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return {{u"Cloudflare token"_s, {}, newKeychainEntry(CredentialKind::CloudflareToken), now.addDays(-20), now},
            {u"Customer A test account"_s,
             u"Signs in as an ordinary customer"_s,
             newKeychainEntry(CredentialKind::Other),
             now.addDays(-3),
             {}}};
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
    m_session.setRoutes(m_company.project().routes);
    shootPages(u"-empty"_s);
    m_window.showPresent();
    shoot(u"present-empty"_s);
    m_session.setRedirects(oldAddresses());
    m_session.setSecrets(someSecrets());
    m_session.setSources(someSources());
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
    m_session.setCredentials(someCredentials());
    turnEventLoop(200ms);
    shoot(u"credentials-listed"_s);
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

bool Camera::shootAcceptedRecords()
{
    m_window.showPage(pages::kMonitoring);
    turnEventLoop(300ms);
    if (!press(u"acceptDnsRecords"_s))
        return false;
    shoot(u"monitoring-accepted"_s);
    return true;
}

bool Camera::shootSecrets()
{
    m_window.showPage(pages::kSecrets);
    return shootDialog(u"editSecret"_s, u"dialog-secret"_s) && shootDialog(u"replaceSecret"_s, u"dialog-rotation"_s);
}

bool Camera::shootMessage()
{
    m_window.showPage(pages::kMessage);
    auto *text = currentPage()->findChild<QPlainTextEdit *>(u"messageText"_s);
    text->setPlainText(QString::fromUtf8(someMessage(m_session.project().settings.target.domain)));
    if (!press(u"readMessage"_s))
        return false;
    const auto *headline = currentPage()->findChild<QLabel *>(u"storyHeadline"_s);
    if (!waitUntil("the message is read", [&] { return headline->isVisible(); }))
        return false;
    shoot(u"message-read"_s);
    return true;
}

bool Camera::shootPresent()
{
    m_window.showPresent();
    shoot(u"present"_s);
    auto *surface = m_window.findChild<QAbstractButton *>(u"switchSurface"_s);
    surface->click();
    shoot(u"present-surface"_s);
    surface->click();
    return true;
}

bool Camera::shootReadOnly()
{
    const QString path = m_session.path();
    m_session.openProject(path, OpenMode::ReadOnly);
    if (!waitUntil("the project is read-only", [this] { return m_session.isOpen() && m_session.isReadOnly(); }))
        return false;
    for (const QString &id :
         {pages::stage(1), QString(pages::kMonitoring), QString(pages::kHandover), QString(pages::kSecrets)}) {
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
           shootAcceptedRecords() && shootSecrets() && shootAccess() && shootGuards() && shootPaste() &&
           shootFoundKey() && shootMessage() && shootPresent() && shootReadOnly() && shootOffline() && shootCrowd();
}

bool Camera::shootAttacks()
{
    return shootFirstLook() && shootAccess() && shootGuards() && shootFoundKey() && shootCrowd();
}

} // namespace cockpit
