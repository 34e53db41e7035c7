// What lies on this computer: a small shop made for the pictures, with a key in its code.
#include "tests/screens/camera.h"

#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QDialog>
#include <QPlainTextEdit>

#include <algorithm>
#include <cstdio>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// In pieces: it is no real one, and who looks through these sources for keys is not to stumble over it.
QByteArray someKey()
{
    return QByteArray("sk_") + "live_" + "51Qm8ZpKf3TxWv9RbLc6HdYs";
}

} // namespace

std::vector<LocalSource> Camera::someSources()
{
    const QByteArray paid = "const stripe = require('stripe')('" + someKey() + "');\n";
    m_code.write(u"src/pay.js"_s, "// Takes the money.\n" + paid);
    m_code.write(u"package.json"_s, "{\"name\":\"shop\",\"version\":\"1.0.0\"}\n");
    const QByteArray shared = "SESSION_SECRET=q7Kx2mWv9TzRb4LcHd8YsNp3Gf6J\n";
    m_code.write(u".env.production"_s, "APP_NAME=Shop\nDATABASE_URL=postgres://shop:pw@db.acme-ops.example/shop\n"
                                       "MAIL_FROM=changeme\nVITE_API_URL=https://api.acme-ops.example\n" +
                                           shared);
    m_code.write(u".env.staging"_s, "APP_NAME=Shop staging\nMAIL_FROM=hello@acme-ops.example\n"
                                    "QUEUE_URL=https://queue.acme-ops.example/staging\n" +
                                        shared);
    m_code.write(u".pre-commit-config.yaml"_s, "repos:\n  - repo: https://github.com/gitleaks/gitleaks\n"
                                               "    rev: v8.18.0\n    hooks:\n      - id: gitleaks\n");
    m_code.write(u"dist/app.js"_s, "console.log('shop');\n");
    m_code.write(u"ci.log"_s, "$ npm run build\nbuilt in 4.2 s\n");
    m_code.init();
    m_code.git({u"remote"_s, u"add"_s, u"origin"_s, u"git@github.com:acme/shop.git"_s});
    m_code.git({u"add"_s, u"src"_s, u"package.json"_s});
    m_code.git({u"commit"_s, u"-qm"_s, u"Take money"_s});
    const auto at = [this](const QString &name) { return m_code.path(name); };
    return {{SourceKind::Code, m_code.root(), {}},
            {SourceKind::Build, at(u"dist"_s), {}},
            {SourceKind::Settings, at(u".env.production"_s), Environment::Production},
            {SourceKind::Settings, at(u".env.staging"_s), Environment::Staging},
            {SourceKind::CiLog, at(u"ci.log"_s), {}},
            {SourceKind::Log, at(u"logs/server.log"_s), Environment::Production}}; // which is not there
}

bool Camera::shootGuards()
{
    m_window.showPage(pages::kSources);
    turnEventLoop(300ms);
    return shootDialog(u"openGuards"_s, u"dialog-guards"_s, 1500ms);
}

bool Camera::shootPaste()
{
    m_window.showPage(pages::kSources);
    turnEventLoop(300ms);
    QDialog *dialog = dialogBehind(u"pasteSource"_s);
    if (!dialog)
        return false;
    auto *text = dialog->findChild<QPlainTextEdit *>(u"pastedText"_s);
    text->setPlainText(u"2026-11-29T10:00:01Z INFO paid with 4539578763621486 thanks\n"
                       "2026-11-29T10:00:02Z DEBUG sign-in anna@acme-ops.example password=Tulip7bulbs9field\n"_s);
    turnEventLoop(100ms);
    shootOpen(dialog, u"dialog-paste"_s);
    dialog->findChild<QAbstractButton *>(u"readPasted"_s)->click();
    if (!waitUntil("what was pasted is read", [this] { return !m_session.isRunning(); }))
        return false;
    turnEventLoop(300ms);
    shootOpen(dialog, u"dialog-paste-read"_s);
    dialog->reject();
    turnEventLoop(50ms);
    return true;
}

// The pages about what lies on this computer, after a look at it alone.
bool Camera::shootCode()
{
    const QString path = m_scratch.filePath(u"code.cockpit"_s);
    m_session.createProject(path, m_company.settings());
    if (!waitForProject(path))
        return false;
    const std::vector<QString> ids{pages::kSources, pages::kEnvironments, pages::kSecrets, pages::kCredentials};
    for (const QString &id : ids) {
        m_window.showPage(id);
        shoot(id + u"-empty"_s);
    }
    m_session.setSources(someSources());
    m_session.setCredentials(someCredentials());
    m_session.runChecks({u"secrets.*"_s});
    if (!waitUntil("the code was looked at", [this] { return !m_session.isRunning(); }))
        return false;
    for (const QString &id : ids) {
        m_window.showPage(id);
        turnEventLoop(300ms);
        shoot(id);
    }
    return shootGuards() && shootPaste();
}

bool Camera::shootFoundKey()
{
    const auto &findings = m_session.project().findings;
    const auto found = std::ranges::find_if(findings, [](const auto &entry) {
        return entry.second.finding.checkId == "secrets.tree"_L1 && entry.second.finding.code == "secret"_L1;
    });
    if (found == findings.end()) {
        std::fprintf(stderr, "no key was found in the code\n");
        return false;
    }
    const QString id = found->first;
    m_window.showPage(pages::kRisks);
    if (!currentPage()->select(id))
        return false;
    shoot(u"risks-key"_s);
    if (!shootDialog(u"tryKey"_s, u"dialog-key-trial"_s))
        return false;
    m_session.noteKeyTrial(id, KeyStanding::Live);
    turnEventLoop(300ms);
    shoot(u"risks-key-tried"_s);
    return true;
}

} // namespace cockpit
