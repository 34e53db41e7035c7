// What lies on this computer: a small shop made for the pictures, with a key in its code.
#include "tests/screens/camera.h"

#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>

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
    m_code.write(u".env.production"_s, "APP_NAME=Shop\nDATABASE_URL=postgres://shop:pw@db.acme-ops.example/shop\n");
    m_code.write(u".env.staging"_s, "APP_NAME=Shop\n");
    m_code.write(u"dist/app.js"_s, "console.log('shop');\n");
    m_code.write(u"ci.log"_s, "$ npm run build\nbuilt in 4.2 s\n");
    m_code.init();
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
