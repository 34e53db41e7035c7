// What must not stand in a log and is known by its form, whatever it is called.
#include "checks/secrets/logread/sensitive.h"
#include "checks/values/cardnumber.h"
#include "checks/values/iban.h"
#include "checks/values/ipinline.h"
#include "checks/values/mailaddress.h"
#include "checks/values/phonenumber.h"

#include <algorithm>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

void addAll(SensitiveKind kind, const std::vector<ValueSpan> &places, std::vector<SensitiveFound> &found)
{
    for (const ValueSpan &at : places)
        found.push_back({kind, at, {}});
}

// "messages":[{"role": with or without escapes and blanks: a request to a language model.
void addMessages(std::string_view text, std::vector<SensitiveFound> &found)
{
    constexpr size_t near = 40;
    size_t content = text.find("content"sv);
    for (size_t at = text.find("messages"sv); at != std::string_view::npos; at = text.find("messages"sv, at + 1)) {
        if (content < at)
            content = text.find("content"sv, at);
        if (content == std::string_view::npos) // in what follows neither
            return;
        const std::string_view behind = text.substr(at + 8, near);
        const size_t open = behind.find('[');
        const size_t role = behind.find("role"sv);
        const bool isList = open != std::string_view::npos && role != std::string_view::npos && open < role &&
                            behind.substr(0, open).find(':') != std::string_view::npos;
        if (isList)
            found.push_back({SensitiveKind::Prompt, {at, std::min(text.size(), at + 8 + near)}, text.substr(at, 8)});
    }
}

} // namespace

void SensitiveFinder::byForm(std::string_view text, std::vector<SensitiveFound> &found) const
{
    for (const CardFound &card : cardsIn(text))
        found.push_back({card.isTest ? SensitiveKind::TestCard : SensitiveKind::Card, card.at, {}});
    addAll(SensitiveKind::Identity, ibansIn(text), found);
    addAll(SensitiveKind::Mail, mailsOfPeopleIn(text), found);
    addAll(SensitiveKind::Phone, internationalPhonesIn(text), found);
    for (size_t count = publicAddressesIn(text.substr(m_own.start, m_own.end - m_own.start)); count > 0; --count)
        found.push_back({SensitiveKind::Address, {}, {}});
    addMessages(text, found);
}

} // namespace cockpit
