#include "models/ipnetwork.h"
#include "models/providers.h"

#include <algorithm>

namespace cockpit {

namespace {

// No expression is built from a pattern: text from a target never meets a backtracking engine.
bool globMatches(QStringView pattern, QStringView text, bool starCrossesDots)
{
    while (!pattern.isEmpty() && pattern.front() != u'*') {
        if (text.isEmpty() || pattern.front() != text.front())
            return false;
        pattern = pattern.mid(1);
        text = text.mid(1);
    }
    if (pattern.isEmpty())
        return text.isEmpty();
    for (qsizetype taken = 0; taken <= text.size(); ++taken) {
        if (globMatches(pattern.mid(1), text.mid(taken), starCrossesDots))
            return true;
        if (taken < text.size() && text[taken] == u'.' && !starCrossesDots)
            return false;
    }
    return false;
}

} // namespace

bool matchesHost(const QStringList &patterns, const QString &hostName)
{
    return std::ranges::any_of(patterns, [&](const QString &pattern) {
        QStringView rest = hostName;
        while (!rest.isEmpty()) {
            if (globMatches(pattern, rest, false))
                return true;
            const qsizetype dot = rest.indexOf(u'.');
            rest = dot < 0 ? QStringView() : rest.mid(dot + 1);
        }
        return false;
    });
}

bool matchesAddress(const QStringList &blocks, const QString &ip)
{
    const auto address = parseIpNetwork(ip);
    return address && std::ranges::any_of(blocks, [&](const QString &block) {
               const auto network = parseIpNetwork(block);
               return network && network->contains(*address);
           });
}

bool matchesText(const QStringList &patterns, const QString &text)
{
    return std::ranges::any_of(patterns, [&](const QString &pattern) { return globMatches(pattern, text, true); });
}

bool matchesPage(const QStringList &marks, const QByteArray &page)
{
    return std::ranges::any_of(marks, [&](const QString &mark) { return page.contains(mark.toUtf8()); });
}

bool matchesHeader(const HeaderMark &mark, const QString &name, const QString &value)
{
    return mark.name.compare(name, Qt::CaseInsensitive) == 0 &&
           (mark.value.isEmpty() || value.contains(mark.value, Qt::CaseInsensitive));
}

} // namespace cockpit
