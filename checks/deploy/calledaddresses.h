// The addresses in built code that it may call.
//
// What proves a call? In text an address counts where a literal begins with it: comments, messages and licences have
// theirs in the middle of words. A literal that is handed to something that calls (fetch, axios, WebSocket,
// createClient, new URL …) or is named like a base address (baseURL, apiUrl, endpoint) is a call. A literal that stands
// alone, as bundlers leave a setting that they put in, probably is one. One that comes into play when something else is
// empty
// ("… || \"http://localhost:3000\"") may be, and one behind a literal ("\"https://…\" || \"http://…\"") or behind a
// look at the page's own host never is. In binaries (Hermes, Dart, Dalvik) there is nothing around to look at.
#pragma once

#include <QString>

#include <functional>
#include <string_view>

namespace cockpit::deploy {

enum class Use {
    Call,
    Literal,  // alone
    Fallback, // when a setting is empty
    Binary,
};

struct CalledAddress
{
    QString scheme; // http, https, ws, wss
    QString host;   // lower case, without brackets
    int port = 0;   // 0: the scheme's own
    QString path;   // up to 100 characters, without query; empty in binaries, where strings run into each other
    Use use = Use::Literal;
    int line = 0; // from 1; 0 in binaries

    QString origin() const; // "http://localhost:3000"
};

using OnAddress = std::function<void(const CalledAddress &)>;

// False: there are more than are read of one text.
bool findCalledAddresses(std::string_view text, bool isBinary, const OnAddress &onAddress);

} // namespace cockpit::deploy
