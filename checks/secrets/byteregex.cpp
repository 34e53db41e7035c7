#include "checks/secrets/byteregex.h"

#include <QCoreApplication>

#include <array>
#include <new>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

constexpr uint32_t kMostSteps = 200000; // of the matcher, for one search
constexpr size_t kFirstStack = 32 << 10;
constexpr size_t kLargestStack = 1 << 20;
constexpr uint32_t kGroups = 16; // the whole match, and the alternatives of the value

} // namespace

MatchRoom::MatchRoom()
    : m_groups(pcre2_match_data_create(kGroups, nullptr)),
      m_limits(pcre2_match_context_create(nullptr)),
      m_stack(pcre2_jit_stack_create(kFirstStack, kLargestStack, nullptr))
{
    if (!m_groups || !m_limits)
        throw std::bad_alloc();
    pcre2_set_match_limit(m_limits, kMostSteps);
    pcre2_jit_stack_assign(m_limits, nullptr, m_stack); // without one, the machine's own stack is used
}

MatchRoom::~MatchRoom()
{
    pcre2_jit_stack_free(m_stack);
    pcre2_match_context_free(m_limits);
    pcre2_match_data_free(m_groups);
}

void ByteRegex::Free::operator()(pcre2_real_code_8 *code) const
{
    pcre2_code_free(code);
}

Result<ByteRegex> ByteRegex::compile(const QByteArray &pattern, Case sensitivity)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    const uint32_t options = PCRE2_NEVER_UTF | (sensitivity == Case::Insensitive ? PCRE2_CASELESS : 0U);
    ByteRegex regex;
    regex.m_code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.constData()),
                                     static_cast<PCRE2_SIZE>(pattern.size()), options, &error, &at, nullptr));
    if (!regex.m_code) {
        std::array<PCRE2_UCHAR, 160> sentence{};
        pcre2_get_error_message(error, sentence.data(), sentence.size());
        return failure(ErrorKind::BadInput, Text::tr("The pattern is wrong at its character %1.").arg(at + 1),
                       QString::fromLatin1(reinterpret_cast<const char *>(sentence.data())));
    }
    uint32_t groups = 0;
    pcre2_pattern_info(regex.m_code.get(), PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups >= kGroups)
        return failure(ErrorKind::BadInput, Text::tr("The pattern has more than %1 groups.").arg(kGroups - 1));
    return regex;
}

std::optional<ByteMatch> ByteRegex::match(std::string_view text, size_t from, MatchRoom &room) const
{
    if (from > text.size())
        return std::nullopt;
    // Where it cannot, the interpreter matches.
    std::call_once(*m_isFast, [this] { pcre2_jit_compile(m_code.get(), PCRE2_JIT_COMPLETE); });
    const int found = pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                  PCRE2_NOTEMPTY, room.m_groups, room.m_limits);
    if (found < 0)
        return std::nullopt;
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(room.m_groups);
    ByteMatch match{places[0], places[1], places[0], places[1]};
    const auto group = static_cast<size_t>(found) - 1; // the last one that took part: of alternatives only one does
    const PCRE2_SIZE *value = places + 2 * group;
    const bool hasGroup = group > 0 && value[0] != PCRE2_UNSET && value[1] > value[0];
    if (hasGroup) {
        match.valueStart = value[0];
        match.valueEnd = value[1];
    }
    return match;
}

} // namespace cockpit
