#include "checks/exposure/joinedliterals.h"

namespace cockpit {

namespace {

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

// Length of  " + "  between two literals of one kind; 0 when there is none.
qsizetype joinAt(const QByteArray &code, qsizetype at)
{
    if (!isQuote(code[at]))
        return 0;
    qsizetype i = at + 1;
    const auto skipBlanks = [&] {
        while (i < code.size() && (code[i] == ' ' || code[i] == '\n' || code[i] == '\t'))
            ++i;
    };
    skipBlanks();
    if (i >= code.size() || code[i] != '+')
        return 0;
    ++i;
    skipBlanks();
    return i < code.size() && code[i] == code[at] ? i + 1 - at : 0;
}

} // namespace

QByteArray joinedLiterals(const QByteArray &code)
{
    QByteArray text;
    qsizetype copied = 0;
    for (qsizetype i = 0; i < code.size();) {
        const qsizetype length = joinAt(code, i);
        if (length == 0) {
            ++i;
            continue;
        }
        text.append(code.sliced(copied, i - copied));
        i += length;
        copied = i;
    }
    return copied == 0 ? QByteArray() : text + code.sliced(copied);
}

} // namespace cockpit
