// The ways in which apps keep things on a device, found in code.
#pragma once

#include <QString>

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

// By the end of the name: code of apps and pages.
bool isAppCode(const QString &path);
// A call that writes, each with whether what it writes is a token. At most kMostPlaces of a file.
std::vector<StoragePlace> storagePlaces(std::string_view text, const QString &path);

constexpr size_t kMostPlaces = 200;

} // namespace cockpit::access
