// The ways in which apps keep things on a device, found in code: by the calls of resources/rules/storage-apis.json.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace cockpit::access {

enum class Stack { ReactNative, Flutter, Capacitor, Ios, Android, Web };
QString toWord(Stack stack);

enum class StoreKind {
    Safe,     // Keychain, Keystore, and what is built on them
    Plain,    // a file that a backup, a rooted phone or a computer shows
    Page,     // localStorage, sessionStorage: any script of the page reads it
    Packaged, // the library of a safe store, in an app package
};

struct StoragePlace
{
    QString store; // "AsyncStorage"
    StoreKind kind = StoreKind::Plain;
    Stack stack = Stack::Web;
    bool isToken = false; // a token or a password goes there, by the name that it is kept under or has
    QString file;
    int line = 0; // 0: in a package
};

// A call that writes. Of a property ("localStorage.") its assignment; of what is no call (the name of a store that is
// handed to a library for sign-in) the name alone.
struct StorageApi
{
    std::string call; // as it stands in the code
    QString store;
    StoreKind kind = StoreKind::Plain;
    Stack stack = Stack::Web; // whose languages are looked at
    std::string needs = {};   // stands somewhere in the file, too: the library's name
    std::string unless = {};  // stands nowhere in the file: it encrypts
};

// What libraries leave in an app package, whatever its code was compiled to.
struct StorageTrace
{
    std::string text;
    QString store;
    StoreKind kind = StoreKind::Plain; // Packaged or Plain
    Stack stack = Stack::Android;
};

struct StorageRules
{
    std::vector<StorageApi> apis;
    std::vector<StorageTrace> traces;
    std::vector<std::string> tokenNames; // of what opens an account by itself, in lower case
    std::vector<std::string> otherNames; // longer ones around it that open nothing: "showpassword"
};
// BadInput names the place that is not right.
[[nodiscard]] Result<StorageRules> parseStorageRules(const QByteArray &json);
// Those that come with the program. Any thread.
[[nodiscard]] Result<StorageRules> loadStorageRules();

// By the end of the name: code of apps and pages.
bool isAppCode(const QString &path);
// Each call with whether what it writes is a token. At most kMostPlaces of a file.
std::vector<StoragePlace> storagePlaces(std::string_view text, const QString &path, const StorageRules &rules);

constexpr size_t kMostPlaces = 200;

} // namespace cockpit::access
