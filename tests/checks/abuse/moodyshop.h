// The shop on a server whose manners a test chooses, and which says something else when it is told to.
#pragma once

#include "tests/checks/access/shopscene.h"

#include <atomic>
#include <mutex>
#include <optional>

namespace cockpit::lab {

class MoodyShop
{
public:
    // What is answered in place of the shop; empty: the shop. count: of this request, from 1.
    using Mood = std::function<std::optional<PageReply>(const PageRequest &request, int count)>;

    explicit MoodyShop(const Manners &manners = {.workers = 40})
        : m_server([this](const PageRequest &request) { return answer(request); }, {m_shop.apiHost()}, manners)
    {
    }

    // From the next request on.
    void setMood(Mood mood)
    {
        const std::lock_guard lock(m_mutex);
        m_shop.reset();
        m_mood = std::move(mood);
        m_count = 0;
    }
    int count() const { return m_count; }

    ShopApi &shop() { return m_shop; }
    bool isReady() const { return m_server.isReady(); }
    NetOptions netOptions() const { return m_server.netOptions(); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_shop.apiHost(), target); }

private:
    PageReply answer(const PageRequest &request)
    {
        const int count = ++m_count;
        Mood mood;
        {
            const std::lock_guard lock(m_mutex);
            mood = m_mood;
        }
        if (mood) {
            if (auto other = mood(request, count))
                return *other;
        }
        return m_shop.answer(request);
    }

    std::mutex m_mutex;
    Mood m_mood;
    std::atomic_int m_count = 0;
    ShopApi m_shop;
    PageLab m_server;
};

inline PageReply jsonWith(int status, const QByteArray &body)
{
    return {.status = status, .contentType = "application/json", .body = body};
}

inline PageReply limitedReply()
{
    PageReply reply = jsonWith(429, R"({"error":"slow down"})");
    reply.add("Retry-After", "60");
    return reply;
}

inline PageReply toLoginReply()
{
    PageReply reply{.status = 302};
    reply.add("Location", "/login");
    return reply;
}

} // namespace cockpit::lab
