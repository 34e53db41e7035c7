// A server on loopback that speaks the OSV database's interface as far as the program asks it, and its mishaps.
#pragma once

#include "checks/engine/netoptions.h"
#include "tests/lab/hostileserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <map>
#include <memory>
#include <mutex>

namespace cockpit::lab {

class OsvLab
{
public:
    OsvLab()
    {
        const QString name = QStringLiteral("api.osv.dev");
        const Identity root = makeRoot(QStringLiteral("Lab root"));
        if (m_root.open()) {
            m_root.write(pemOf({root}));
            m_root.flush();
        }
        const TlsSetup setup{.chain = {makeSigned({.commonName = name, .names = {name}}, root)}};
        m_server = std::make_unique<HostileServer>([this](Connection &connection) { serve(connection); }, setup);
    }

    // Leads the name of the interface here; trusts this server, or not.
    NetOptions options(bool isTrusted = true) const
    {
        NetOptions net;
        net.connects = {{QStringLiteral("api.osv.dev"), 443, {QStringLiteral("127.0.0.1"), m_server->port()}}};
        if (isTrusted)
            net.caFile = m_root.fileName();
        net.operationTimeout = std::chrono::milliseconds(3000);
        return net;
    }

    // A hole in "ecosystem:name@version", with its record.
    void addHole(const QString &package, const QJsonObject &record)
    {
        m_holes[package] += record[QLatin1String("id")].toString();
        m_records.insert_or_assign(record[QLatin1String("id")].toString(), record);
    }
    // Instead of an answer, for every path that holds this part.
    void breakAt(const QString &part, int status, const QByteArray &body)
    {
        m_broken.insert_or_assign(part, std::pair(status, body));
    }
    // A name that the interface calls a bad request, as it does with versions that it cannot read.
    void refuse(const QString &name) { m_refused = name; }
    void answerInPages() { m_isPaged = true; }

    QStringList asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    QByteArray sent() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sent;
    }

private:
    void serve(Connection &connection)
    {
        for (;;) {
            const QByteArray head = connection.readRequest();
            if (head.isEmpty())
                return;
            QByteArray body;
            const qsizetype at = head.toLower().indexOf("content-length:");
            const qsizetype length = at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toInt();
            while (body.size() < length) {
                const QByteArray more = connection.readSome();
                if (more.isEmpty())
                    return;
                body += more;
            }
            if (!connection.write(answerTo(QString::fromLatin1(head.split(' ').value(1)), body)))
                return;
        }
    }

    static QByteArray answer(int status, const QByteArray &body)
    {
        return httpAnswer(status, {"Content-Type: application/json"}, body);
    }

    QByteArray answerTo(const QString &path, const QByteArray &body)
    {
        const std::lock_guard lock(m_mutex);
        m_asked += path;
        m_sent += body;
        for (const auto &[part, broken] : m_broken) {
            if (path.contains(part))
                return answer(broken.first, broken.second);
        }
        if (path == QLatin1String("/v1/querybatch"))
            return answerToList(QJsonDocument::fromJson(body).object()[QLatin1String("queries")].toArray());
        const auto record = m_records.find(path.section(QLatin1Char('/'), -1));
        if (record == m_records.end())
            return answer(404, R"({"code":5,"message":"Bug not found."})");
        return answer(200, QJsonDocument(record->second).toJson());
    }

    QByteArray answerToList(const QJsonArray &queries) const
    {
        QJsonArray results;
        for (const QJsonValue query : queries) {
            const QJsonObject package = query[QLatin1String("package")].toObject();
            const QString name = package[QLatin1String("name")].toString();
            if (!m_refused.isEmpty() && name == m_refused)
                return answer(400, R"({"code":3,"message":"Invalid query."})");
            const QString key = package[QLatin1String("ecosystem")].toString() + QLatin1Char(':') + name +
                                QLatin1Char('@') + query[QLatin1String("version")].toString();
            results.append(resultOf(m_holes.count(key) ? m_holes.at(key) : QStringList(),
                                    query[QLatin1String("page_token")].toString()));
        }
        return answer(200, QJsonDocument(QJsonObject{{QStringLiteral("results"), results}}).toJson());
    }

    QJsonObject resultOf(const QStringList &ids, const QString &token) const
    {
        QJsonArray holes;
        QJsonObject result;
        const qsizetype from = token.toInt();
        for (qsizetype i = from; i < ids.size(); ++i) {
            if (m_isPaged && i > from) {
                result.insert(QStringLiteral("next_page_token"), QString::number(i));
                break;
            }
            holes.append(QJsonObject{{QStringLiteral("id"), ids[i]},
                                     {QStringLiteral("modified"), QStringLiteral("2026-01-01T00:00:00Z")}});
        }
        if (!holes.isEmpty())
            result.insert(QStringLiteral("vulns"), holes);
        return result;
    }

    mutable std::mutex m_mutex;
    std::map<QString, QStringList> m_holes;
    std::map<QString, QJsonObject> m_records;
    std::map<QString, std::pair<int, QByteArray>> m_broken;
    QString m_refused;
    bool m_isPaged = false;
    QStringList m_asked;
    QByteArray m_sent;
    QTemporaryFile m_root;
    std::unique_ptr<HostileServer> m_server; // last: its threads use the rest
};

} // namespace cockpit::lab
