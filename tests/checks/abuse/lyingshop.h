// The shop behind something that lies: what no product should be, and what checks meet outside all the same.
#pragma once

#include "tests/lab/shoplab.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <atomic>
#include <chrono>
#include <thread>

namespace cockpit::lab {

enum class ShopLie {
    AlwaysOk,      // 200 with the same JSON
    AlwaysOkPage,  // 200 with the same page
    AlwaysRefused, // 403
    ToLogin,       // a redirect to the login page
    Limits,        // 429 after a while
    LogsOut,       // 401 after a while
    ChangesIds,    // other numbers in each answer
    IsSlow,        // 20 ms before each answer
    Breaks,        // 500 after a while
    AlwaysBroken,  // 500
    OldestFirst,   // lists end before the newest records
    Garbage,       // bytes that are no JSON, with status 200
};

// Signing in and the question who one is work, so that the lie is met by what comes after.
class LyingShop
{
public:
    LyingShop() : m_server([this](const PageRequest &request) { return answer(request); }, {m_shop.apiHost()}) {}

    // From the next request on; what begins after a while begins after so many.
    void lie(ShopLie lie, int after = 25)
    {
        m_shop.reset();
        m_lie = lie;
        m_after = after;
        m_count = 0;
    }

    ShopApi &shop() { return m_shop; }
    bool isReady() const { return m_server.isReady(); }
    NetOptions netOptions() const { return m_server.netOptions(); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_shop.apiHost(), target); }

private:
    PageReply answer(const PageRequest &request)
    {
        const QByteArray path = request.path();
        if (path == "/api/login" || path == "/" || path.startsWith("/.well-known"))
            return m_shop.answer(request);
        if (path == "/api/me" && request.method == "GET" && m_lie != ShopLie::LogsOut)
            return m_shop.answer(request);
        const int count = ++m_count;
        switch (m_lie.load()) {
        case ShopLie::AlwaysOk:
            return {.contentType = "application/json", .body = R"({"ok":true,"id":7})"};
        case ShopLie::AlwaysOkPage:
            return {.body = "<!doctype html><title>Ledger</title><div id=app></div>"};
        case ShopLie::AlwaysRefused:
            return {.status = 403, .contentType = "application/json", .body = R"({"error":"no"})"};
        case ShopLie::ToLogin: {
            PageReply reply{.status = 302};
            reply.add("Location", "/login");
            return reply;
        }
        case ShopLie::Limits: {
            PageReply limited{.status = 429, .contentType = "application/json", .body = R"({"error":"slow down"})"};
            limited.add("Retry-After", "60");
            return count > m_after ? limited : m_shop.answer(request);
        }
        case ShopLie::LogsOut:
            return count > m_after
                       ? PageReply{.status = 401, .contentType = "application/json", .body = R"({"error":"who"})"}
                       : m_shop.answer(request);
        case ShopLie::ChangesIds:
            return withOtherIds(m_shop.answer(request), count);
        case ShopLie::IsSlow:
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return m_shop.answer(request);
        case ShopLie::Breaks:
            return count > m_after ? PageReply{.status = 500, .body = "oops"} : m_shop.answer(request);
        case ShopLie::AlwaysBroken:
            return {.status = 500, .body = "oops"};
        case ShopLie::OldestFirst:
            return request.method == "GET" && path.count('/') == 2 ? withoutNewest(m_shop.answer(request))
                                                                   : m_shop.answer(request);
        case ShopLie::Garbage:
            return {.contentType = "application/json", .body = QByteArray("\x00\xff{]", 4).repeated(50)};
        }
        Q_UNREACHABLE();
    }

    static PageReply withoutNewest(PageReply reply)
    {
        QJsonObject list = QJsonDocument::fromJson(reply.body).object();
        if (!list.contains(QStringLiteral("items")))
            return reply;
        QJsonArray first;
        for (const QJsonValue record : list.value(QStringLiteral("items")).toArray()) {
            if (!QJsonDocument(record.toObject()).toJson().contains("LC-CANARY-"))
                first.append(record);
        }
        list.insert(QStringLiteral("items"), first);
        reply.body = QJsonDocument(list).toJson(QJsonDocument::Compact);
        return reply;
    }

    static PageReply withOtherIds(PageReply reply, int count)
    {
        static const QRegularExpression id(QStringLiteral("\"id\":(\\d+|\"[^\"]*\")"));
        reply.body = QString::fromUtf8(reply.body).replace(id, QStringLiteral("\"id\":%1").arg(9000 + count)).toUtf8();
        std::erase_if(reply.headers, [](const auto &header) { return header.first == "Location"; });
        return reply;
    }

    std::atomic<ShopLie> m_lie = ShopLie::AlwaysOk;
    std::atomic_int m_after = 0;
    std::atomic_int m_count = 0;
    ShopApi m_shop;
    PageLab m_server;
};

} // namespace cockpit::lab
