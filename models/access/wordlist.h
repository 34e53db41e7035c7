// What the readers of command lines share.
#pragma once

#include "models/access/shellwords.h"

namespace cockpit::shell {

tl::unexpected<Error> openQuote();
// For what a shell would run, join or put in.
tl::unexpected<Error> forTheShell(char c);
bool isBlank(char c);

// The words of a command line as they are put together.
class Words
{
public:
    void add(char c)
    {
        m_isWord = true;
        m_word += c;
    }
    void add(const QByteArray &bytes)
    {
        m_isWord = true;
        m_word += bytes;
    }
    void begin() { m_isWord = true; } // of an empty word in quotation marks, too
    void end()
    {
        if (m_isWord)
            m_words.push_back(m_word);
        m_word.clear();
        m_isWord = false;
    }
    std::vector<QByteArray> take()
    {
        end();
        return std::move(m_words);
    }

private:
    std::vector<QByteArray> m_words;
    QByteArray m_word;
    bool m_isWord = false;
};

[[nodiscard]] Result<void> notTooLong(const QByteArray &command);
[[nodiscard]] Result<std::vector<QByteArray>> notTooMany(Words &words);

} // namespace cockpit::shell
