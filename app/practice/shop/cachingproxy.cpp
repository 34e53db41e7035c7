#include "app/practice/shop/cachingproxy.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

constexpr std::chrono::seconds kByExtension(60);

std::vector<QByteArray> directives(const QByteArray &cacheControl)
{
    std::vector<QByteArray> found;
    for (const QByteArray &part : cacheControl.toLower().split(','))
        found.push_back(part.trimmed());
    return found;
}

bool contains(const std::vector<QByteArray> &directives, const QByteArray &name)
{
    return std::any_of(directives.begin(), directives.end(), [&](const QByteArray &directive) {
        return directive == name || directive.startsWith(name + "=");
    });
}

int secondsOf(const std::vector<QByteArray> &directives, const QByteArray &name)
{
    for (const QByteArray &directive : directives) {
        if (directive.startsWith(name + "="))
            return directive.mid(name.size() + 1).toInt();
    }
    return -1;
}

bool looksStatic(const QByteArray &path)
{
    static constexpr std::array kEndings{".css", ".js", ".ico", ".png", ".jpg", ".woff2"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](const char *ending) { return path.toLower().endsWith(ending); });
}

} // namespace

std::chrono::seconds CachingProxy::lifeOf(const PageRequest &request, const PageReply &reply) const
{
    if (request.method != "GET" || reply.status != 200)
        return {};
    if (m_keepsByExtension && looksStatic(request.path()))
        return kByExtension;
    const auto said = directives(reply.header("Cache-Control"));
    if (contains(said, "no-store") || contains(said, "private") || contains(said, "no-cache"))
        return {};
    // RFC 9111 section 3.5: an answer to credentials may be shared only when it says so.
    const bool mayShare = contains(said, "public") || contains(said, "s-maxage") || contains(said, "must-revalidate");
    if (!request.header("authorization").isEmpty() && !mayShare)
        return {};
    const int shared = secondsOf(said, "s-maxage");
    return std::chrono::seconds(std::max(0, shared >= 0 ? shared : secondsOf(said, "max-age")));
}

PageReply CachingProxy::answer(const PageRequest &request)
{
    const QByteArray key = request.host() + request.target;
    {
        const std::lock_guard lock(m_lock);
        const auto found = m_kept.find(key);
        const auto now = std::chrono::steady_clock::now();
        if (request.method == "GET" && found != m_kept.end() && now - found->second.since < found->second.life) {
            PageReply reply = found->second.reply;
            const auto age = std::chrono::floor<std::chrono::seconds>(now - found->second.since);
            reply.add("X-Cache", "HIT");
            reply.add("Age", QByteArray::number(static_cast<qint64>(age.count())));
            return reply;
        }
    }
    PageReply reply = m_origin(request);
    const std::lock_guard lock(m_lock);
    if (const auto life = lifeOf(request, reply); life.count() > 0)
        m_kept[key] = {reply, std::chrono::steady_clock::now(), life};
    reply.add("X-Cache", "MISS");
    return reply;
}

void CachingProxy::setKeepsByExtension(bool keeps)
{
    const std::lock_guard lock(m_lock);
    m_keepsByExtension = keeps;
}

void CachingProxy::clear()
{
    const std::lock_guard lock(m_lock);
    m_kept.clear();
}

} // namespace cockpit
