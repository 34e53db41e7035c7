// Where secrets live: the operating system's keychain, behind an interface so that tests and machines without one work.
#pragma once

#include "models/result.h"
#include "models/secret.h"

#include <functional>

namespace cockpit {

// Asynchronous; call and get called back on the GUI thread. Errors: Unsupported (no keychain on this machine; the
// message says what to install or that "this session only" is possible), NotPermitted (locked, or refused: the message
// says which, and what to do), NotFound.
class CredentialStore
{
public:
    virtual ~CredentialStore() = default;

    virtual void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) = 0;
    virtual void read(const QString &entry, std::function<void(Result<Secret>)> done) = 0;
    virtual void remove(const QString &entry, std::function<void(Result<void>)> done) = 0;
    // True for a store that forgets everything when the program ends.
    virtual bool isSessionOnly() const = 0;
    // Whether keepForSession() helps where the keychain does not.
    virtual bool canKeepForSession() const { return false; }
    // From now on values are kept in memory alone, and forgotten when the program ends; what is in the keychain stays
    // there. Only when the person has asked for it.
    virtual void keepForSession() {}
};

} // namespace cockpit
