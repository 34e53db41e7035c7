// Files with settings, in each format, and the code that asks for them or keeps tokens and addresses.
#include "fuzz/fuzz.h"

#include "checks/access/storageapis.h"
#include "checks/deploy/calledaddresses.h"
#include "checks/secrets/settings/codenames.h"
#include "checks/secrets/settings/dotenv.h"
#include "checks/secrets/settings/settingsfile.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

void look(const env::RawSettings &read, std::string_view text)
{
    promise(read.settings.size() <= env::kMostSettings, "not too many settings");
    for (const env::RawSetting &setting : read.settings) {
        promise(env::isSettingName(setting.name), "a name of a setting");
        promise(setting.line >= 0 && setting.line <= static_cast<int>(text.size()) + 1, "a line of the file");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    for (const QString &name : {u".env"_s, u"a.json"_s, u"a.yml"_s, u"a.toml"_s, u"a"_s}) {
        using enum env::FileRole;
        for (const env::FileRole role : {Settings, Template, Compose, Pipeline, Hosting, Other})
            look(env::readSettings(text, name, role), text);
    }
    env::CodeNames names;
    env::readCodeNames(text, u"vite.config.ts"_s, names);
    const auto once = env::eachOnce(names.needed);
    promise(once.size() <= names.needed.size(), "no name is made up");
    for (const bool isBinary : {false, true})
        deploy::findCalledAddresses(text, isBinary, [](const deploy::CalledAddress &address) {
            promise(!address.host.isEmpty() && address.port >= 0 && address.port <= 65535, "an address");
        });
    static const auto rules = access::loadStorageRules();
    promise(rules.has_value(), "the rules come along");
    for (const QString &path : {u"a.ts"_s, u"a.dart"_s, u"a.kt"_s, u"a.swift"_s})
        promise(access::storagePlaces(text, path, *rules).size() <= access::kMostPlaces, "not too many places");
    return 0;
}
