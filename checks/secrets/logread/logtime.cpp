#include "checks/secrets/logread/logtime.h"

#include "checks/values/bytekinds.h"

#include <array>
#include <chrono>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    // As many digits, or the reading has failed.
    int digits(size_t count)
    {
        int value = 0;
        for (size_t i = 0; i < count; ++i) {
            const char c = byteAt(m_text, m_at + i);
            m_isGood = m_isGood && isDigitByte(c);
            value = value * 10 + (isDigitByte(c) ? c - '0' : 0);
        }
        m_at += count;
        return value;
    }

    void sign(std::string_view oneOf)
    {
        const char c = byteAt(m_text, m_at);
        m_isGood = m_isGood && c != '\0' && oneOf.find(c) != std::string_view::npos;
        ++m_at;
    }

    int month()
    {
        static constexpr std::array names{"Jan"sv, "Feb"sv, "Mar"sv, "Apr"sv, "May"sv, "Jun"sv,
                                          "Jul"sv, "Aug"sv, "Sep"sv, "Oct"sv, "Nov"sv, "Dec"sv};
        for (size_t i = 0; i < names.size(); ++i) {
            if (m_text.substr(m_at, 3) == names[i]) {
                m_at += 3;
                return static_cast<int>(i) + 1;
            }
        }
        m_isGood = false;
        return 0;
    }

    int fraction()
    {
        const char c = byteAt(m_text, m_at);
        if (c != '.' && c != ',')
            return 0;
        ++m_at;
        int milliseconds = 0;
        int weight = 100;
        for (; isDigitByte(byteAt(m_text, m_at)); ++m_at, weight /= 10)
            milliseconds += weight * (m_text[m_at] - '0');
        return milliseconds;
    }

    // "Z", "+01:00", "+0100", " UTC": minutes; empty when none is said.
    std::optional<int> zone()
    {
        size_t at = m_at;
        if (byteAt(m_text, at) == ' ')
            ++at;
        const char c = byteAt(m_text, at);
        const bool isName = m_text.substr(at, 3) == "UTC"sv || m_text.substr(at, 3) == "GMT"sv;
        // "10:00:00 Zahlung abgelehnt" begins with a word.
        if ((c == 'Z' || isName) && !isWordByte(byteAt(m_text, at + (isName ? 3 : 1))))
            return 0;
        if ((c != '+' && c != '-') || !isDigitByte(byteAt(m_text, at + 1)))
            return std::nullopt;
        m_at = at + 1;
        const int hours = digits(2);
        if (byteAt(m_text, m_at) == ':')
            ++m_at;
        const int minutes = digits(2);
        return m_isGood ? std::optional((c == '-' ? -1 : 1) * (hours * 60 + minutes)) : std::nullopt;
    }

    bool isGood() const { return m_isGood; }

private:
    const std::string_view m_text;
    size_t m_at = 0;
    bool m_isGood = true;
};

struct Stamp
{
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int milliseconds = 0;
};

std::optional<LogTime> timeOf(const Stamp &stamp, const std::optional<int> &zone)
{
    using namespace std::chrono;
    const year_month_day date{year(stamp.year), month(static_cast<unsigned>(stamp.month)),
                              day(static_cast<unsigned>(stamp.day))};
    if (!date.ok() || stamp.hour > 23 || stamp.minute > 59 || stamp.second > 60)
        return std::nullopt;
    const auto at = sys_days(date).time_since_epoch() + hours(stamp.hour) + minutes(stamp.minute - zone.value_or(0)) +
                    seconds(stamp.second) + milliseconds(stamp.milliseconds);
    return LogTime{duration_cast<milliseconds>(at).count(), zone.has_value()};
}

std::optional<LogTime> isoTime(std::string_view text)
{
    Reader reader(text);
    Stamp stamp;
    stamp.year = reader.digits(4);
    reader.sign("-/");
    stamp.month = reader.digits(2);
    reader.sign("-/");
    stamp.day = reader.digits(2);
    reader.sign("T ");
    stamp.hour = reader.digits(2);
    reader.sign(":");
    stamp.minute = reader.digits(2);
    reader.sign(":");
    stamp.second = reader.digits(2);
    if (!reader.isGood())
        return std::nullopt;
    stamp.milliseconds = reader.fraction();
    return timeOf(stamp, reader.zone());
}

std::optional<LogTime> accessTime(std::string_view text)
{
    Reader reader(text);
    Stamp stamp;
    stamp.day = reader.digits(2);
    reader.sign("/");
    stamp.month = reader.month();
    reader.sign("/");
    stamp.year = reader.digits(4);
    reader.sign(":");
    stamp.hour = reader.digits(2);
    reader.sign(":");
    stamp.minute = reader.digits(2);
    reader.sign(":");
    stamp.second = reader.digits(2);
    return reader.isGood() ? timeOf(stamp, reader.zone()) : std::nullopt;
}

// 1764412800, 1764412800.123, 1764412800123.
std::optional<LogTime> numberTime(std::string_view text)
{
    size_t size = 0;
    qint64 value = 0;
    for (; size <= 13 && isDigitByte(byteAt(text, size)); ++size)
        value = value * 10 + (text[size] - '0');
    const char next = byteAt(text, size);
    if (isWordByte(next) || next == '-' || next == '/')
        return std::nullopt;
    constexpr qint64 thousand = 1000;
    if (size == 10)
        return LogTime{value * thousand, true};
    return size == 13 ? std::optional(LogTime{value, true}) : std::nullopt;
}

} // namespace

std::optional<LogTime> logTimeAt(std::string_view text)
{
    if (!text.empty() && text.front() == '[')
        text.remove_prefix(1);
    if (!isDigitByte(byteAt(text, 0)))
        return std::nullopt;
    if (byteAt(text, 2) == '/')
        return accessTime(text);
    const char fifth = byteAt(text, 4);
    return fifth == '-' || fifth == '/' ? isoTime(text) : numberTime(text);
}

} // namespace cockpit
