// Where each of many texts stands in a long one, found in one pass over it: an answer of 2 MB is compared with hundreds
// of markers.
#pragma once

#include <QString>
#include <QStringView>

#include <bitset>
#include <cstdint>
#include <functional>
#include <vector>

namespace cockpit {

// Rabin and Karp's search with one window of each text, as long as the shortest of them, up to kLongestWindow: its
// first, middle or last characters, whichever it shares with the fewest others ("Invoice 17", "Invoice 18"). Immutable.
class ManyTexts
{
public:
    explicit ManyTexts(std::vector<QString> texts);

    const std::vector<QString> &texts() const { return m_texts; }

    // Calls for each place where a text may begin: its window is there, compared without case. False from `visit`: no
    // more of this text. Empty texts are nowhere.
    void scan(QStringView in, const std::function<bool(std::size_t index, qsizetype at)> &visit) const;

private:
    static constexpr qsizetype kLongestWindow = 8;

    struct Window
    {
        std::uint32_t hash = 0;
        std::size_t index = 0;
        qsizetype offset = 0; // in the text
    };
    std::vector<Window> windowsOf(std::size_t index) const;
    std::uint32_t hashOf(QStringView window) const;
    void visitAll(std::uint32_t hash, qsizetype at, std::vector<bool> &isDone,
                  const std::function<bool(std::size_t, qsizetype)> &visit) const;

    std::vector<QString> m_texts;
    qsizetype m_length = 0;         // of a window; 0: there is nothing to look for
    std::vector<Window> m_windows;  // by hash
    std::bitset<65536> m_isPresent; // by a part of the hash: most places are passed over by this alone
};

} // namespace cockpit
