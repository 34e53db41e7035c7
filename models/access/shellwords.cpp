#include "models/access/shellwords.h"

#include "models/access/wordlist.h"

#include <QCoreApplication>

namespace cockpit {

namespace shell {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ShellWords)
};

} // namespace

tl::unexpected<Error> openQuote()
{
    return failure(ErrorKind::BadInput,
                   Text::tr("A quotation mark is left open: the command was not copied whole. Copy it again."));
}

tl::unexpected<Error> forTheShell(char c)
{
    return failure(
        ErrorKind::BadInput,
        Text::tr("“%1” would be carried out by a shell. Paste one command as the browser copied it, with the "
                 "address in quotation marks.")
            .arg(QLatin1Char(c)));
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Result<void> notTooLong(const QByteArray &command)
{
    if (command.size() <= kLongestCommand)
        return {};
    return failure(ErrorKind::TooLarge, Text::tr("This command is longer than %1 MB.").arg(1));
}

Result<std::vector<QByteArray>> notTooMany(Words &words)
{
    std::vector<QByteArray> all = words.take();
    if (all.size() > kMostWords)
        return failure(ErrorKind::TooLarge, Text::tr("This command has more than %1 words.").arg(kMostWords));
    return all;
}

} // namespace shell

namespace {

bool hasLineEndWith(const QByteArray &command, char last)
{
    return command.contains(QByteArray(1, last) + '\n') || command.contains(QByteArray(1, last) + "\r\n");
}

} // namespace

Shell shellOf(const QByteArray &command)
{
    const auto firstOf = [&](char mark) { return command.indexOf(mark); };
    const qsizetype twice = firstOf('"');
    const qsizetype once = firstOf('\'');
    if (twice < 0 || (once >= 0 && once < twice))
        return Shell::Bash;
    if (twice > 0 && command[twice - 1] == '^')
        return Shell::Cmd;
    if (hasLineEndWith(command, '\\') || command.contains(" '") || command.contains(" $'"))
        return Shell::Bash;
    // A mark that is doubled inside of a word is how cmd's programs write one.
    const qsizetype doubled = command.indexOf("\"\"", twice + 1);
    const bool isDoubled = doubled > 0 && !shell::isBlank(command[doubled - 1]);
    return hasLineEndWith(command, '^') || isDoubled ? Shell::Cmd : Shell::Bash;
}

} // namespace cockpit
