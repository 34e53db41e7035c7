// What is kept of a setting's value. The name stands before the first "=".
#include "fuzz/fuzz.h"

#include "checks/secrets/ciphertext.h"
#include "checks/secrets/settings/classify.h"

#include <algorithm>
#include <array>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// Those that a setting is classified by in several ways: all of them take seconds to compile, and are for secrettext.
std::vector<LeakRule> someRules()
{
    std::vector<LeakRule> rules = loadLeakRules().value();
    std::erase_if(rules, [](const LeakRule &rule) {
        constexpr std::array kept{"generic-env-"_L1, "stripe-"_L1, "postgres"_L1, "json-web-token"_L1};
        return std::ranges::none_of(kept, [&](QLatin1StringView one) { return rule.id.startsWith(one); });
    });
    return rules;
}

env::Classifier &classifier()
{
    static const auto patterns = PatternSet::compile(someRules());
    promise(patterns.has_value(), "the rules come along and compile");
    static auto made = env::Classifier::make(*patterns, QByteArray(32, 'k'));
    promise(made.has_value(), "a classifier");
    return *made;
}

void look(const env::Setting &setting, const env::RawSetting &raw)
{
    using enum env::ValueState;
    promise((setting.state == Set) == !setting.fingerprint.isEmpty(), "a fingerprint of what is set alone");
    promise(setting.state == Set || (setting.database.isEmpty() && setting.mode == env::KeyMode::None),
            "nothing is told of a value that is none");
    promise(!setting.isSecret || !setting.isPublicKey, "a secret is not public");
    promise(!setting.isKnownKey || (setting.isSecret && !setting.rule.isEmpty()), "a key is known by a rule");
    promise(!setting.database.isEmpty() ? !setting.urlHost.isEmpty() : true, "a database stands on a host");
    const QString value = QString::fromUtf8(raw.value.data(), static_cast<qsizetype>(raw.value.size()));
    promise(value.size() < 8 || (!setting.rule.contains(value) && !setting.scope.contains(value)), "never the value");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    const std::size_t equals = std::min(text.find('='), text.size());
    env::RawSetting raw;
    raw.name = text.substr(0, equals);
    const std::string_view value = text.substr(std::min(equals + 1, text.size()));
    raw.value.append(value);
    raw.line = 1;
    const env::Setting whole = classifier().classify(raw).value();
    look(whole, raw);
    promise(!isCiphertext(value) || whole.state != env::ValueState::Set, "ciphertext is nobody's value");
    const env::Setting again = classifier().classify(raw).value();
    promise(again.fingerprint == whole.fingerprint && again.rule == whole.rule && again.state == whole.state,
            "the same twice");
    raw.isUnreadable = true;
    look(classifier().classify(raw).value(), raw);
    raw.isUnreadable = false;
    raw.hasValue = false;
    look(classifier().classify(raw).value(), raw);
    return 0;
}
