// What must not stand in a log, found by the form of a value or by the name that it is given to. Keys with a shape of
// their own are found by the rules (textscanner.h).
#pragma once

#include "checks/values/span.h"

#include <QDateTime>
#include <QString>

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cockpit {

enum class SensitiveKind {
    Password,
    OneTimeCode,
    Token,     // given to a name of a token or a key, or behind "Bearer"
    Login,     // a user and a password behind "Basic"
    Cookie,    // of a session
    LinkToken, // in the query of an address
    Card,
    TestCard,
    CardCode,
    Identity,
    Mail,
    Phone,
    Address, // of a machine in the public internet
    Prompt,
    Body,
};
constexpr size_t kSensitiveKinds = 15;
constexpr std::array<SensitiveKind, kSensitiveKinds> allSensitiveKinds()
{
    using enum SensitiveKind;
    return {Password, OneTimeCode, Token, Login, Cookie,  LinkToken, Card, TestCard,
            CardCode, Identity,    Mail,  Phone, Address, Prompt,    Body};
}
QString toWord(SensitiveKind kind); // "one_time_code"

struct SensitiveFound
{
    SensitiveKind kind = SensitiveKind::Password;
    ValueSpan at;          // of the value
    std::string_view name; // that it was given to; of the text
};

// Fields whose name says that their value is to be hidden.
struct FieldCounts
{
    qint64 open = 0;
    qint64 hidden = 0;

    bool operator==(const FieldCounts &) const = default;
};

// One per thread: it remembers which cookies are of sessions.
class SensitiveFinder
{
public:
    explicit SensitiveFinder(QDateTime now) : m_now(std::move(now)) {}

    // Appends by kind, not by place.
    void find(std::string_view text, std::vector<SensitiveFound> &found, FieldCounts &fields)
    {
        find(text, {0, text.size()}, found, fields);
    }
    // Only what begins in `own`: the rest of the text is there to understand it by.
    void find(std::string_view text, ValueSpan own, std::vector<SensitiveFound> &found, FieldCounts &fields);

private:
    struct Named;
    void byName(std::string_view text, std::vector<SensitiveFound> &found, FieldCounts &fields);
    // By the options of commands; what is in [before, end) was found by its name.
    void byCommand(std::string_view text, size_t before, std::vector<SensitiveFound> &found, FieldCounts &fields) const;
    void byForm(std::string_view text, std::vector<SensitiveFound> &found) const;
    void authorization(const Named &named, std::vector<SensitiveFound> &found, FieldCounts &fields) const;
    void cookies(const Named &named, bool onlyFirst, std::vector<SensitiveFound> &found, FieldCounts &fields);
    bool isOwn(size_t at) const { return at >= m_own.start && at < m_own.end; }
    // at: where the value begins
    void addField(qint64 &fields, size_t at) const { fields += isOwn(at) ? 1 : 0; }
    bool isSessionCookie(std::string_view name);
    bool isLiveToken(std::string_view token) const;

    const QDateTime m_now;
    ValueSpan m_own; // of the text that is looked at
    std::unordered_map<std::string, bool> m_cookies;
};

// What may be shown of one: its name and at most the ends of a long value.
QString shownSensitive(const SensitiveFound &found, std::string_view text);

} // namespace cockpit
