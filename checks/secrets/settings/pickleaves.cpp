#include "checks/secrets/settings/pickleaves.h"

#include "checks/secrets/settings/dotenv.h"
#include "checks/secrets/settings/settingscopes.h"
#include "checks/values/oneof.h"
#include "models/pathwords.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <map>

namespace cockpit::env {

namespace {

using namespace std::string_view_literals;

constexpr std::array kMapKeys{"environment"sv,
                              "env"sv,
                              "variables"sv,
                              "env_variables"sv,
                              "vars"sv,
                              "env_vars"sv,
                              "environment_variables"sv,
                              "envVars"sv,
                              "environmentVariables"sv,
                              "extraEnv"sv};
constexpr std::array kNameKeys{"name"sv, "key"sv, "Name"sv, "Key"sv, "NAME"sv, "KEY"sv, "variable"sv};
constexpr std::array kValueKeys{"value"sv, "Value"sv, "VALUE"sv, "SecretString"sv};
// Beside a name: the value is kept elsewhere, or not shown.
constexpr std::array kElsewhereKeys{
    "valueFrom"sv, "Digest"sv, "digest"sv,       "sync"sv,   "generateValue"sv, "fromDatabase"sv,     "fromService"sv,
    "fromGroup"sv, "secret"sv, "secretKeyRef"sv, "masked"sv, "slotSetting"sv,   "environment_scope"sv};
// Vercel's kinds of which an export has the ciphertext, or nothing: those of the second kind nobody can read again.
constexpr auto kEncrypted = "encrypted"sv;
constexpr auto kWriteOnly = "sensitive"sv;

bool isItem(std::string_view key)
{
    return key.starts_with('#');
}

bool isEnvironmentName(std::string_view name)
{
    return isSettingName(name) && std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

// "/shop/production/DATABASE_URL" (AWS SSM).
std::string_view lastPart(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

std::optional<Environment> environmentNamedIn(const std::vector<std::string> &path)
{
    for (const std::string &key : path) {
        if (!isItem(key))
            if (const auto named = environmentOfPath(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()))))
                return named;
    }
    return std::nullopt;
}

class Picker
{
public:
    Picker(Leaves leaves, FileRole role) : m_leaves(std::move(leaves)), m_role(role)
    {
        m_picked.isCut = m_leaves.isCut;
    }

    RawSettings pick()
    {
        readGroups();
        for (Leaf &leaf : m_leaves.leaves)
            pickMapped(leaf);
        pickPairs();
        if (m_picked.settings.empty() && m_role == FileRole::Settings)
            pickPlain();
        return std::move(m_picked);
    }

private:
    using Path = std::vector<std::string>;
    struct Pair
    {
        std::string name;
        int line = 0;
        Leaf *value = nullptr;
        bool isElsewhere = false;
        std::string kind = {}; // as Vercel calls it
        bool isDecrypted = false;
        ScopesOfSetting scopes = {};

        bool isUnreadable() const { return kind == kWriteOnly || (kind == kEncrypted && !isDecrypted); }
    };

    bool add(std::string_view name, WipedBytes value, int line, bool hasValue, std::optional<Environment> environment)
    {
        if (!isSettingName(name))
            return false;
        if (m_picked.settings.size() >= kMostSettings) {
            m_picked.isCut = true;
            return false;
        }
        m_picked.settings.push_back({std::string(name), std::move(value), line, hasValue, environment});
        return true;
    }

    // What stands side by side in one object.
    void readGroups()
    {
        for (Leaf &leaf : m_leaves.leaves) {
            if (leaf.path.size() < 2)
                continue;
            const std::string &key = leaf.path.back();
            const Path parent(leaf.path.begin(), leaf.path.end() - 1);
            if (key == "kind" && parent.size() == 1)
                m_kinds[parent.front()] = std::string(leaf.value.begin(), leaf.value.end());
            if (isOneOf(key, kNameKeys) && leaf.kind == LeafKind::Text) {
                m_pairs[parent].name.assign(leaf.value.begin(), leaf.value.end());
                m_pairs[parent].line = leaf.line;
            } else if (isOneOf(key, kValueKeys)) {
                m_pairs[parent].value = &leaf;
            }
            readScope(leaf);
            readKind(leaf, parent);
            for (size_t depth = 1; depth < leaf.path.size(); ++depth) {
                if (isOneOf(leaf.path[depth], kElsewhereKeys))
                    m_pairs[Path(leaf.path.begin(), leaf.path.begin() + static_cast<std::ptrdiff_t>(depth))]
                        .isElsewhere = true;
            }
        }
    }

    // In a list or alone.
    void readScope(const Leaf &leaf)
    {
        const size_t up = isItem(leaf.path.back()) ? 2 : 1;
        if (leaf.path.size() <= up || !isScopeKey(leaf.path[leaf.path.size() - up]))
            return;
        Pair &pair = m_pairs[Path(leaf.path.begin(), leaf.path.end() - static_cast<std::ptrdiff_t>(up))];
        pair.scopes.take(leaf.path[leaf.path.size() - up], {leaf.value.data(), leaf.value.size()});
    }

    void readKind(const Leaf &leaf, const Path &parent)
    {
        if (leaf.path.back() == "type" && (leaf.value == kEncrypted || leaf.value == kWriteOnly))
            m_pairs[parent].kind.assign(leaf.value.begin(), leaf.value.end());
        else if (leaf.path.back() == "decrypted" && leaf.value == "true"sv)
            m_pairs[parent].isDecrypted = true;
    }

    // Of those that its scope names, or else of what the file says.
    void addEach(const Pair &pair, const Leaf &leaf, std::optional<Environment> ofFile)
    {
        const std::string_view name = lastPart(pair.name);
        const auto once = [&](std::optional<Environment> environment) {
            if (!add(name, wipedCopy(pair.isUnreadable() ? std::string_view() : std::string_view(leaf.value)),
                     leaf.line, leaf.kind == LeafKind::Text, environment))
                return false;
            m_picked.settings.back().isUnreadable = pair.isUnreadable();
            m_picked.settings.back().isOfAll = pair.scopes.isOfAll;
            return true;
        };
        const auto scopes = m_scopes.scopesOf(pair.name, pair.scopes);
        if (scopes.empty())
            once(ofFile);
        for (const SettingScope &scope : scopes) {
            if (!once(scope.environment))
                continue;
            m_picked.settings.back().isScoped = true;
            m_picked.settings.back().scope = scope.name;
        }
    }

    void pickPairs()
    {
        for (const auto &[path, pair] : m_pairs) {
            if (!pair.name.empty())
                m_scopes.note(pair.name, pair.scopes);
        }
        for (auto &[path, pair] : m_pairs) {
            if (pair.name.empty()) {
                if (pair.value && pair.value->path.back() == "SecretString")
                    pickNested(*pair.value);
                continue;
            }
            const std::string_view name = lastPart(pair.name);
            if (m_scopes.isUnused(pair.name, pair.scopes))
                continue;
            const auto ofFile = pair.name.size() == name.size()
                                    ? environmentNamedIn(path)
                                    : environmentOfPath(QString::fromUtf8(pair.name.c_str()).section(u'/', 0, -2));
            if (pair.value && pair.value->path.back() == "SecretString" && isJson(*pair.value))
                pickNested(*pair.value);
            else if (pair.value)
                addEach(pair, *pair.value, ofFile);
            else if ((pair.isElsewhere || pair.isUnreadable()) && isEnvironmentName(name))
                addEach(pair, {.path = {}, .value = {}, .line = pair.line, .kind = LeafKind::Null}, ofFile);
        }
    }

    static bool isJson(const Leaf &leaf)
    {
        const size_t first = leaf.value.find_first_not_of(" \t\r\n");
        return first != WipedBytes::npos && leaf.value[first] == '{';
    }

    void pickNested(const Leaf &leaf)
    {
        if (!isJson(leaf))
            return;
        for (Leaf &inner : jsonLeaves({leaf.value.data(), leaf.value.size()}).leaves)
            if (inner.path.size() == 2)
                add(inner.path.back(), std::move(inner.value), leaf.line, true, {});
    }

    // Below a key like "env", or the data of Kubernetes.
    void pickMapped(Leaf &leaf)
    {
        const Path &path = leaf.path;
        const size_t size = path.size();
        if (size == 3 && (path[1] == "data" || path[1] == "stringData")) {
            pickData(leaf);
            return;
        }
        if (const auto at = std::ranges::find(path, "env_file"); at != path.end() && path.end() - at <= 3)
            m_picked.envFiles.emplace_back(leaf.value.begin(), leaf.value.end());
        if (size >= 3 && isMapKey(path[size - 2])) {
            if (isItem(path.back()))
                pickAssignment(leaf);
            else if (isWanted(path.back()))
                addLeaf(path.back(), leaf);
        } else if (size >= 4 && isMapKey(path[size - 3]) && !isItem(path[size - 2]) &&
                   isOneOf(path.back(), kValueKeys) && isWanted(path[size - 2])) {
            addLeaf(path[size - 2], leaf); // GitLab: A: {value: b, description: c}
        }
    }

    bool isMapKey(std::string_view key) const { return isOneOf(key, kMapKeys); }

    // "environment:" of a pipeline also has a name and an address.
    bool isWanted(std::string_view name) const
    {
        return m_role == FileRole::Settings ? isSettingName(name) && !isOneOf(name, kNameKeys)
                                            : isEnvironmentName(name);
    }

    void addLeaf(const std::string &name, Leaf &leaf)
    {
        add(name, std::move(leaf.value), leaf.line, leaf.kind == LeafKind::Text, environmentNamedIn(leaf.path));
    }

    // "A=b", or "A" alone: the machine that starts it has the value.
    void pickAssignment(Leaf &leaf)
    {
        const std::string_view text(leaf.value.data(), leaf.value.size());
        const size_t sign = text.find('=');
        const std::string_view name = text.substr(0, sign);
        if (!isSettingName(name))
            return;
        const bool hasValue = sign != std::string_view::npos;
        add(name, wipedCopy(hasValue ? text.substr(sign + 1) : std::string_view()), leaf.line, hasValue,
            environmentNamedIn(leaf.path));
    }

    void pickData(Leaf &leaf)
    {
        const auto kind = m_kinds.find(leaf.path.front());
        const bool isSecret = kind != m_kinds.end() && (kind->second == "Secret" || kind->second == "SealedSecret");
        if (!isSecret && (kind == m_kinds.end() || kind->second != "ConfigMap"))
            return;
        if (!isSecret || leaf.path[1] == "stringData") {
            addLeaf(leaf.path.back(), leaf);
            return;
        }
        QByteArray decoded = QByteArray::fromBase64(
            QByteArray::fromRawData(leaf.value.data(), static_cast<qsizetype>(leaf.value.size())));
        add(leaf.path.back(), wipedCopy({decoded.constData(), static_cast<size_t>(decoded.size())}), leaf.line, true,
            {});
        wipeMemory(decoded.data(), static_cast<size_t>(decoded.size()));
    }

    void pickPlain()
    {
        for (Leaf &leaf : m_leaves.leaves) {
            std::string name;
            for (size_t i = 1; i < leaf.path.size(); ++i)
                name += (i > 1 ? "." : "") + leaf.path[i];
            if (name.find('#') == std::string::npos)
                add(name, std::move(leaf.value), leaf.line, leaf.kind == LeafKind::Text, {});
        }
    }

    Leaves m_leaves;
    FileRole m_role;
    std::map<Path, Pair> m_pairs;
    ScopesOfFile m_scopes;
    std::map<std::string, std::string> m_kinds; // by document
    RawSettings m_picked;
};

} // namespace

RawSettings pickSettings(Leaves leaves, FileRole role)
{
    return Picker(std::move(leaves), role).pick();
}

} // namespace cockpit::env
