#include "checks/secrets/logread/commandlogins.h"

#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kLongestValue = 512;
constexpr size_t kLongestOption = 40;

enum class Form {
    Attached, // -pSECRET: with a blank between them the program asks for it
    Behind,   // -p SECRET
    Either,   // -p SECRET, -pSECRET
    Login,    // -u user:SECRET
};

struct Program
{
    std::string_view name;
    std::string_view option;
    Form form = Form::Behind;
    std::string_view longOption = {}; // of the same form, with a blank
};
constexpr std::array kPrograms{Program{"mysql"sv, "-p"sv, Form::Attached},
                               Program{"mysqldump"sv, "-p"sv, Form::Attached},
                               Program{"mysqladmin"sv, "-p"sv, Form::Attached},
                               Program{"mysqlimport"sv, "-p"sv, Form::Attached},
                               Program{"mariadb"sv, "-p"sv, Form::Attached},
                               Program{"mariadb-dump"sv, "-p"sv, Form::Attached},
                               Program{"sshpass"sv, "-p"sv, Form::Either},
                               Program{"redis-cli"sv, "-a"sv, Form::Behind, "--pass"sv},
                               Program{"valkey-cli"sv, "-a"sv, Form::Behind, "--pass"sv},
                               Program{"curl"sv, "-u"sv, Form::Login, "--user"sv},
                               Program{"mongosh"sv, "-p"sv, Form::Behind},
                               Program{"mongodump"sv, "-p"sv, Form::Behind},
                               Program{"mongorestore"sv, "-p"sv, Form::Behind},
                               Program{"mongo"sv, "-p"sv, Form::Behind},
                               Program{"sqlcmd"sv, "-P"sv, Form::Either},
                               Program{"ldapsearch"sv, "-w"sv, Form::Behind},
                               Program{"docker login"sv, "-p"sv, Form::Behind},
                               Program{"podman login"sv, "-p"sv, Form::Behind}};

bool isOfName(char c)
{
    return isWordByte(c) || c == '-' || c == '_';
}

// The last of the programs that the text names.
const Program *lastProgramIn(std::string_view text)
{
    const Program *last = nullptr;
    size_t place = 0;
    for (const Program &program : kPrograms) {
        for (size_t at = text.find(program.name); at != kNone; at = text.find(program.name, at + 1)) {
            const bool isWhole = !isOfName(byteBefore(text, at)) && !isOfName(byteAt(text, at + program.name.size()));
            if (isWhole && (!last || at >= place)) {
                last = &program;
                place = at;
            }
        }
    }
    return last;
}

bool endsCommand(std::string_view text)
{
    return text.find_first_of(";|\n"sv) != kNone || text.find("&&"sv) != kNone;
}

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

// An argument from `start` on, in quotes or up to a blank; `end` is behind it.
std::string_view argumentAt(std::string_view text, size_t start, size_t &end)
{
    size_t slashes = 0; // of quotes in a text that is itself in quotes
    while (byteAt(text, start + slashes) == '\\')
        ++slashes;
    const char quote = byteAt(text, start + slashes);
    if (isQuote(quote)) {
        const size_t from = start + slashes + 1;
        const size_t length = text.substr(std::min(from, text.size()), kLongestValue).find(quote);
        end = length == kNone ? text.size() : from + length + 1;
        return length == kNone ? std::string_view() : text.substr(from, length - std::min(length, slashes));
    }
    const std::string_view rest = text.substr(std::min(start, text.size()), kLongestValue);
    const std::string_view value = rest.substr(0, rest.find_first_of(" \t\r\n;|\"'`,)<>"sv));
    end = start + value.size();
    return value;
}

class LoginReader
{
public:
    explicit LoginReader(std::string_view text) : m_text(text) {}

    std::vector<CommandLogin> read()
    {
        size_t before = 0; // where the last option ended
        for (size_t at = m_text.find(" -"sv); at != kNone; at = m_text.find(" -"sv, at + 1)) {
            if (at < m_readTo)
                continue;
            noteProgram(m_text.substr(before, at - before));
            before = at;
            readOption(at + 1);
        }
        return std::move(m_found);
    }

private:
    void noteProgram(std::string_view between)
    {
        const Program *named = lastProgramIn(between);
        if (named)
            m_program = named;
        else if (endsCommand(between))
            m_program = nullptr;
    }

    void readOption(size_t start)
    {
        if (m_program && readOf(*m_program, start))
            return;
        if (m_text.substr(start, 2) == "--"sv)
            readLong(start);
    }

    bool readOf(const Program &program, size_t start)
    {
        const std::string_view rest = m_text.substr(start);
        const bool isLong = !program.longOption.empty() && rest.starts_with(program.longOption) &&
                            byteAt(rest, program.longOption.size()) == ' ';
        const std::string_view option = isLong ? program.longOption : program.option;
        if (!isLong && !rest.starts_with(option))
            return false;
        size_t value = start + option.size();
        const bool isApart = byteAt(m_text, value) == ' ';
        const bool isWanted = program.form == Form::Attached ? !isApart : program.form == Form::Behind ? isApart : true;
        if (!isWanted)
            return false;
        while (byteAt(m_text, value) == ' ')
            ++value;
        const bool isLogin = program.form == Form::Login;
        if (!take(m_text.substr(start, option.size()), value, isLogin, true))
            return false;
        m_program = nullptr; // what follows is of what it starts: sshpass -p … ssh -p 22
        return true;
    }

    // "--db-password SECRET": the option's name says it.
    void readLong(size_t start)
    {
        size_t end = start;
        while (end < m_text.size() && end - start < kLongestOption && isOfName(m_text[end]))
            ++end;
        if (byteAt(m_text, end) != ' ')
            return;
        const std::string_view option = m_text.substr(start, end - start);
        const FieldClass field = fieldClassOf(plainName(option));
        if (field != FieldClass::Password && field != FieldClass::Token)
            return;
        while (byteAt(m_text, end) == ' ')
            ++end;
        take(option, end, false, false);
    }

    bool take(std::string_view option, size_t start, bool isLogin, bool isOfProgram)
    {
        size_t end = start;
        std::string_view value = argumentAt(m_text, start, end);
        if (isLogin) {
            const size_t colon = value.find(':');
            value = colon == kNone ? std::string_view() : value.substr(colon + 1);
        }
        if (value.empty() || value.front() == '-')
            return false;
        m_found.push_back({option, value, static_cast<size_t>(value.data() - m_text.data()), isOfProgram});
        m_readTo = end;
        return true;
    }

    const std::string_view m_text;
    const Program *m_program = nullptr; // whose options these are
    size_t m_readTo = 0;
    std::vector<CommandLogin> m_found;
};

} // namespace

std::vector<CommandLogin> commandLoginsIn(std::string_view text)
{
    return LoginReader(text).read();
}

} // namespace cockpit
