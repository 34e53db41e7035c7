// A shared cache in front of a practice server, as a CDN is: it keeps what the server lets it keep (RFC 9111 section 3)
// and hands it to everybody. It believes the server, so that a server that marks personal pages rightly leaks nothing.
#pragma once

#include "app/practice/webpage.h"

#include <chrono>
#include <mutex>

namespace cockpit {

class CachingProxy // any thread
{
public:
    explicit CachingProxy(PageMaker origin) : m_origin(std::move(origin)) {}
    // Adds X-Cache: HIT or MISS, and Age to what was kept.
    PageReply answer(const PageRequest &request);
    // As some CDNs are set up: what looks like a script, a style or a picture is kept whatever the server says.
    void setKeepsByExtension(bool keeps);
    void clear();

private:
    struct Kept
    {
        PageReply reply;
        std::chrono::steady_clock::time_point since;
        std::chrono::seconds life{0};
    };
    std::chrono::seconds lifeOf(const PageRequest &request, const PageReply &reply) const;

    const PageMaker m_origin;
    std::mutex m_lock;
    bool m_keepsByExtension = false;
    std::map<QByteArray, Kept> m_kept; // by host and target
};

} // namespace cockpit
