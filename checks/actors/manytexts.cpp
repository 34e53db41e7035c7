#include "checks/actors/manytexts.h"

#include <algorithm>
#include <unordered_map>

namespace cockpit {

namespace {

// Odd, so that no character of a window is lost in 32 bits.
constexpr std::uint32_t kBase = 0x01000193;

std::uint32_t folded(QChar c)
{
    const char16_t code = c.unicode();
    if (code < 128)
        return code >= u'A' && code <= u'Z' ? code + 32U : code;
    return c.toCaseFolded().unicode();
}

std::size_t slotOf(std::uint32_t hash)
{
    return (hash ^ (hash >> 15U)) & 0xffffU;
}

} // namespace

ManyTexts::ManyTexts(std::vector<QString> texts) : m_texts(std::move(texts))
{
    for (const QString &text : m_texts) {
        if (!text.isEmpty())
            m_length = m_length == 0 ? std::min(text.size(), kLongestWindow) : std::min(m_length, text.size());
    }
    std::unordered_map<std::uint32_t, int> shared;
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        for (const Window &window : windowsOf(i))
            ++shared[window.hash];
    }
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        const std::vector<Window> windows = windowsOf(i);
        const auto rarest = std::ranges::min_element(windows, {}, [&](const Window &one) { return shared[one.hash]; });
        if (rarest == windows.end())
            continue;
        m_windows.push_back(*rarest);
        m_isPresent.set(slotOf(rarest->hash));
    }
    std::ranges::stable_sort(m_windows, {}, &Window::hash);
}

std::vector<ManyTexts::Window> ManyTexts::windowsOf(std::size_t index) const
{
    const QStringView text = m_texts[index];
    if (text.isEmpty())
        return {};
    const qsizetype last = text.size() - m_length;
    std::vector<Window> windows;
    for (const qsizetype offset : {qsizetype(0), last / 2, last})
        windows.push_back({hashOf(text.sliced(offset, m_length)), index, offset});
    return windows;
}

std::uint32_t ManyTexts::hashOf(QStringView window) const
{
    std::uint32_t hash = 0;
    for (const QChar c : window)
        hash = hash * kBase + folded(c);
    return hash;
}

void ManyTexts::visitAll(std::uint32_t hash, qsizetype at, std::vector<bool> &isDone,
                         const std::function<bool(std::size_t, qsizetype)> &visit) const
{
    for (auto it = std::ranges::lower_bound(m_windows, hash, {}, &Window::hash);
         it != m_windows.end() && it->hash == hash; ++it) {
        if (!isDone[it->index] && at >= it->offset)
            isDone[it->index] = !visit(it->index, at - it->offset);
    }
}

void ManyTexts::scan(QStringView in, const std::function<bool(std::size_t, qsizetype)> &visit) const
{
    if (m_length == 0 || in.size() < m_length)
        return;
    std::uint32_t leaving = 1; // what the first character of a window counts for
    for (qsizetype i = 1; i < m_length; ++i)
        leaving *= kBase;
    std::vector<bool> isDone(m_texts.size());
    std::uint32_t hash = hashOf(in.first(m_length));
    for (qsizetype at = 0;; ++at) {
        if (m_isPresent.test(slotOf(hash)))
            visitAll(hash, at, isDone, visit);
        if (at + m_length >= in.size())
            return;
        hash = (hash - folded(in[at]) * leaving) * kBase + folded(in[at + m_length]);
    }
}

} // namespace cockpit
