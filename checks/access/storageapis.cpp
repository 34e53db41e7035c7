#include "checks/access/storageapis.h"

#include <algorithm>
#include <array>
#include <span>

namespace cockpit::access {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

struct Api
{
    std::string_view words; // of the call that writes
    QLatin1StringView store;
    StoreKind kind = StoreKind::Plain;
    Stack stack = Stack::Web;
    QLatin1StringView languages;  // ends of file names, with blanks around
    std::string_view needs = {};  // stands somewhere in the file, too: the library's name
    std::string_view unless = {}; // stands nowhere in the file: it encrypts
};

constexpr auto kScript = " js jsx ts tsx mjs vue svelte "_L1;
constexpr auto kDart = " dart "_L1;
constexpr auto kSwift = " swift m mm "_L1;
constexpr auto kJvm = " kt java "_L1;

constexpr std::array kApis{
    // React Native and Expo
    Api{"AsyncStorage.setItem("sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative, kScript},
    Api{"AsyncStorage.multiSet("sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative, kScript},
    Api{"storage: AsyncStorage"sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative, kScript, "auth"sv},
    Api{"getReactNativePersistence(AsyncStorage"sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative, kScript},
    Api{"getReactNativePersistence(ReactNativeAsyncStorage"sv, "AsyncStorage"_L1, StoreKind::Plain, Stack::ReactNative,
        kScript},
    Api{".set("sv, "MMKV"_L1, StoreKind::Plain, Stack::ReactNative, kScript, "new MMKV("sv, "encryptionKey"sv},
    Api{"FileSystem.writeAsStringAsync("sv, "a file (expo-file-system)"_L1, StoreKind::Plain, Stack::ReactNative,
        kScript},
    Api{"RNFS.writeFile("sv, "a file (react-native-fs)"_L1, StoreKind::Plain, Stack::ReactNative, kScript},
    Api{"SecureStore.setItemAsync("sv, "expo-secure-store"_L1, StoreKind::Safe, Stack::ReactNative, kScript},
    Api{"SecureStore.setItem("sv, "expo-secure-store"_L1, StoreKind::Safe, Stack::ReactNative, kScript},
    Api{"Keychain.setGenericPassword("sv, "react-native-keychain"_L1, StoreKind::Safe, Stack::ReactNative, kScript},
    Api{"Keychain.setInternetCredentials("sv, "react-native-keychain"_L1, StoreKind::Safe, Stack::ReactNative, kScript},
    Api{"EncryptedStorage.setItem("sv, "react-native-encrypted-storage"_L1, StoreKind::Safe, Stack::ReactNative,
        kScript},
    // Flutter
    Api{".setString("sv, "SharedPreferences"_L1, StoreKind::Plain, Stack::Flutter, kDart, "SharedPreferences"sv},
    Api{".setStringList("sv, "SharedPreferences"_L1, StoreKind::Plain, Stack::Flutter, kDart, "SharedPreferences"sv},
    Api{"GetStorage().write("sv, "GetStorage"_L1, StoreKind::Plain, Stack::Flutter, kDart},
    Api{".put("sv, "Hive"_L1, StoreKind::Plain, Stack::Flutter, kDart, "Hive.openBox"sv, "encryptionCipher"sv},
    Api{".writeAsString("sv, "a file"_L1, StoreKind::Plain, Stack::Flutter, kDart},
    Api{".write(key:"sv, "flutter_secure_storage"_L1, StoreKind::Safe, Stack::Flutter, kDart, "FlutterSecureStorage"sv},
    // Capacitor, Ionic, Cordova
    Api{"Preferences.set("sv, "Capacitor Preferences"_L1, StoreKind::Plain, Stack::Capacitor, kScript, "capacitor"sv},
    Api{"Storage.set("sv, "Capacitor Storage"_L1, StoreKind::Plain, Stack::Capacitor, kScript, "@capacitor/"sv},
    Api{"Filesystem.writeFile("sv, "a file (Capacitor)"_L1, StoreKind::Plain, Stack::Capacitor, kScript},
    Api{"SecureStoragePlugin.set("sv, "capacitor-secure-storage"_L1, StoreKind::Safe, Stack::Capacitor, kScript},
    Api{"SecureStorage.set("sv, "secure storage"_L1, StoreKind::Safe, Stack::Capacitor, kScript},
    // iOS
    Api{"UserDefaults.standard.set("sv, "UserDefaults"_L1, StoreKind::Plain, Stack::Ios, kSwift},
    Api{"UserDefaults.standard.setValue("sv, "UserDefaults"_L1, StoreKind::Plain, Stack::Ios, kSwift},
    Api{"[NSUserDefaults standardUserDefaults] setObject:"sv, "UserDefaults"_L1, StoreKind::Plain, Stack::Ios, kSwift},
    Api{"@AppStorage("sv, "AppStorage"_L1, StoreKind::Plain, Stack::Ios, kSwift},
    Api{"SecItemAdd("sv, "Keychain"_L1, StoreKind::Safe, Stack::Ios, kSwift},
    Api{"KeychainAccess"sv, "Keychain"_L1, StoreKind::Safe, Stack::Ios, kSwift},
    Api{"KeychainWrapper.standard.set("sv, "Keychain"_L1, StoreKind::Safe, Stack::Ios, kSwift},
    // Android
    Api{".putString("sv, "SharedPreferences"_L1, StoreKind::Plain, Stack::Android, kJvm, "haredPreferences"sv,
        "EncryptedSharedPreferences"sv},
    Api{"stringPreferencesKey("sv, "DataStore"_L1, StoreKind::Plain, Stack::Android, kJvm},
    Api{"openFileOutput("sv, "a file"_L1, StoreKind::Plain, Stack::Android, kJvm},
    Api{"EncryptedSharedPreferences.create("sv, "EncryptedSharedPreferences"_L1, StoreKind::Safe, Stack::Android, kJvm},
    Api{"\"AndroidKeyStore\""sv, "Android Keystore"_L1, StoreKind::Safe, Stack::Android, kJvm},
    // Pages
    Api{"localStorage.setItem("sv, "localStorage"_L1, StoreKind::Page, Stack::Web, kScript},
    Api{"sessionStorage.setItem("sv, "sessionStorage"_L1, StoreKind::Page, Stack::Web, kScript},
    Api{"localStorage."sv, "localStorage"_L1, StoreKind::Page, Stack::Web, kScript},
    Api{"localStorage["sv, "localStorage"_L1, StoreKind::Page, Stack::Web, kScript},
};

bool isWord(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool holds(std::string_view text, std::string_view word)
{
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char one, char other) { return lower(one) == other; }) != text.end();
}

bool standsAt(std::string_view text, size_t at, std::string_view word)
{
    return std::ranges::equal(text.substr(std::min(at, text.size()), word.size()), word, {}, lower);
}

// Apart from the longer words: "showPassword" holds no "password".
bool holdsApart(std::string_view text, std::string_view word, std::span<const std::string_view> longer)
{
    const auto isPartOf = [&](size_t at, std::string_view other) {
        const size_t end = at + word.size();
        for (size_t start = end > other.size() ? end - other.size() : 0; start <= at; ++start) {
            if (standsAt(text, start, other))
                return true;
        }
        return false;
    };
    for (size_t at = 0; at + word.size() <= text.size(); ++at) {
        if (standsAt(text, at, word) &&
            std::ranges::none_of(longer, [&](std::string_view other) { return isPartOf(at, other); }))
            return true;
    }
    return false;
}

// The arguments of the call, as far as its bracket closes.
std::string_view argumentsOf(std::string_view text, size_t from)
{
    constexpr size_t longest = 300;
    const std::string_view rest = text.substr(from, longest);
    int open = 1;
    for (size_t at = 0; at < rest.size(); ++at) {
        open += rest[at] == '(' || rest[at] == '[' ? 1 : rest[at] == ')' || rest[at] == ']' ? -1 : 0;
        if (open == 0 || rest[at] == ';')
            return rest.substr(0, at);
    }
    return rest;
}

// What opens an account by itself. A push token and a flag about a token are none.
bool namesToken(std::string_view arguments)
{
    constexpr std::array words{
        "accesstoken"sv, "access_token"sv, "access-token"sv,  "refreshtoken"sv, "refresh_token"sv, "refresh-token"sv,
        "authtoken"sv,   "auth_token"sv,   "auth-token"sv,    "idtoken"sv,      "id_token"sv,      "jwt"sv,
        "bearer"sv,      "sessiontoken"sv, "session_token"sv, "password"sv,     "usertoken"sv,     "user_token"sv,
        "api_token"sv,   "apitoken"sv,     "secret"sv,        "credentials"sv};
    constexpr std::array others{
        "pushtoken"sv,    "push_token"sv,    "push-token"sv,     "devicetoken"sv,  "device_token"sv, "device-token"sv,
        "fcmtoken"sv,     "fcm_token"sv,     "fcm-token"sv,      "expotoken"sv,    "expo_token"sv,   "expo-token"sv,
        "csrftoken"sv,    "csrf_token"sv,    "csrf-token"sv,     "tokencount"sv,   "maxtoken"sv,     "hastoken"sv,
        "showpassword"sv, "show_password"sv, "forgotpassword"sv, "passwordless"sv, "tokenizer"sv};
    if (std::ranges::any_of(words, [&](std::string_view word) { return holdsApart(arguments, word, others); }))
        return true;
    if (std::ranges::any_of(others, [&](std::string_view word) { return holds(arguments, word); }))
        return false;
    // "token" as a word of its own: 'token', "@token", user.token, TOKEN_KEY.
    constexpr auto token = "token"sv;
    for (size_t at = 0; at + token.size() <= arguments.size(); ++at) {
        const bool isHere = std::ranges::equal(arguments.substr(at, token.size()), token, {}, lower);
        const bool isStart = at == 0 || !isWord(arguments[at - 1]) || arguments[at - 1] == '_' || arguments[at] == 'T';
        const size_t end = at + token.size();
        const bool isEnd = end == arguments.size() || !(arguments[end] >= 'a' && arguments[end] <= 'z');
        if (isHere && isStart && isEnd)
            return true;
    }
    return false;
}

bool isComment(std::string_view text, size_t at)
{
    constexpr size_t longest = 2000; // of a minified file, whose lines have no end
    const size_t earliest = at > longest ? at - longest : 0;
    const size_t end = text.substr(earliest, at - earliest).rfind('\n');
    std::string_view line = text.substr(end == std::string_view::npos ? earliest : earliest + end + 1, 200);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line.starts_with("//"sv) || line.starts_with("* "sv) || line.starts_with("/*"sv);
}

// "localStorage.token = x" and "localStorage['token'] = x" write; "localStorage.getItem(…)" and "localStorage.token !=
// x" do not.
bool isAssignment(std::string_view rest)
{
    const size_t end = rest.find_first_of("=;(\n"sv);
    const bool isSign = end != std::string_view::npos && rest[end] == '=' && end + 1 < rest.size() &&
                        rest[end + 1] != '=' && rest[end + 1] != '>';
    return isSign && (end == 0 || "!<>"sv.find(rest[end - 1]) == std::string_view::npos);
}

} // namespace

QString toWord(Stack stack)
{
    switch (stack) {
    case Stack::ReactNative:
        return u"react-native"_s;
    case Stack::Flutter:
        return u"flutter"_s;
    case Stack::Capacitor:
        return u"capacitor"_s;
    case Stack::Ios:
        return u"ios"_s;
    case Stack::Android:
        return u"android"_s;
    case Stack::Web:
        return u"web"_s;
    }
    Q_UNREACHABLE();
}

bool isAppCode(const QString &path)
{
    const QString name = path.section(u'/', -1).toLower();
    const QString ending = u' ' + name.section(u'.', -1) + u' ';
    const bool isKnown =
        kScript.contains(ending) || kDart.contains(ending) || kSwift.contains(ending) || kJvm.contains(ending);
    return isKnown && name.contains(u'.') && !name.contains(".min."_L1) && !name.endsWith(".d.ts"_L1);
}

std::vector<StoragePlace> storagePlaces(std::string_view text, const QString &path)
{
    const QString ending = u' ' + path.section(u'.', -1).toLower() + u' ';
    std::vector<StoragePlace> places;
    for (const Api &api : kApis) {
        const bool isOfFile = api.languages.contains(ending) &&
                              (api.needs.empty() || text.find(api.needs) != std::string_view::npos) &&
                              (api.unless.empty() || text.find(api.unless) == std::string_view::npos);
        int line = 1;
        size_t counted = 0;
        for (size_t at = isOfFile ? text.find(api.words) : std::string_view::npos;
             at != std::string_view::npos && places.size() < kMostPlaces;
             at = text.find(api.words, at + api.words.size())) {
            line += static_cast<int>(std::ranges::count(text.substr(counted, at - counted), '\n'));
            counted = at;
            const size_t after = at + api.words.size();
            const bool isPartOfWord = at > 0 && isWord(text[at - 1]) && isWord(api.words.front());
            const bool isProperty = api.words.back() == '.' || api.words.back() == '[';
            if (isPartOfWord || isComment(text, at) || (isProperty && !isAssignment(text.substr(after, 100))))
                continue;
            const bool isCall = api.words.back() == '(' || isProperty || api.words.ends_with(':');
            const std::string_view arguments = argumentsOf(text, after);
            // A store that is handed to a library for sign-in keeps nothing but tokens.
            const bool isToken = !isCall || api.words.starts_with("getReactNative"sv) || namesToken(arguments);
            places.push_back({QString(api.store), api.kind, api.stack, isToken, path, line});
        }
    }
    return places;
}

} // namespace cockpit::access
