#include "tests/lab/knotserver.h"

#include "tests/lab/hostileserver.h"
#include "tests/lab/realserver.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

QString configurationFor(const std::vector<KnotZone> &zones, const QString &folder, quint16 port)
{
    QString text = u"server:\n    rundir: \"%1\"\n    listen: 127.0.0.1@%2\n    udp-workers: 1\n"
                   "    tcp-workers: 1\n    background-workers: 1\n"
                   "log:\n  - target: stderr\n    any: critical\n"
                   "database:\n    storage: \"%1\"\n"
                   "zone:\n"_s.arg(folder)
                       .arg(port);
    for (size_t i = 0; i < zones.size(); ++i) {
        text += u"  - domain: \"%1\"\n    storage: \"%2\"\n    file: \"zone%3\"\n"
                "    zonefile-sync: -1\n    journal-content: none\n"_s.arg(zones[i].name, folder)
                    .arg(i);
    }
    return text;
}

} // namespace

KnotServer::KnotServer(const std::vector<KnotZone> &zones) : m_port(unusedPort())
{
    const QString folder = m_folder.path();
    for (size_t i = 0; i < zones.size(); ++i) {
        if (zones[i].file)
            writeFile(folder + u"/zone%1"_s.arg(i), *zones[i].file);
    }
    writeFile(folder + u"/knot.conf"_s, configurationFor(zones, folder, m_port).toUtf8());
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(serverProgram(u"knotd"_s), {u"-c"_s, folder + u"/knot.conf"_s});
    m_ready = m_process.waitForStarted() && waitUntilOpen(m_process, m_port);
}

KnotServer::~KnotServer()
{
    endServer(m_process);
}

} // namespace cockpit::lab
