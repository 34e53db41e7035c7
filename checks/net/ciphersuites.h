// Cipher suites by what is wrong with them. Families are asked for, not three hundred suites one by one.
#pragma once

#include <QString>

#include <cstdint>
#include <span>
#include <vector>

namespace cockpit {

// From the worst to the least bad: a suite that belongs to several stands in the first.
enum class WeakFamily { NoEncryption, Anonymous, Export, Des, Rc4, TripleDes };
QString toWord(WeakFamily family); // "null", "anonymous", "export", "des", "rc4", "3des"

inline constexpr WeakFamily kWeakFamilies[] = {WeakFamily::NoEncryption, WeakFamily::Anonymous, WeakFamily::Export,
                                               WeakFamily::Des,          WeakFamily::Rc4,       WeakFamily::TripleDes};

struct WeakSuite
{
    std::uint16_t id = 0;
    const char *name = nullptr; // of the IANA registry
    WeakFamily family = WeakFamily::NoEncryption;
};

// All weak ones that servers were ever seen with.
std::span<const WeakSuite> weakSuites();
// Null when it is none of them.
const WeakSuite *weakSuite(std::uint16_t id);

// For TLS 1.2 and below. A fresh secret for each connection, so that a stolen key opens no recording of the past.
std::span<const std::uint16_t> forwardSecretSuites();
// Of TLS 1.2: encryption and integrity in one (GCM, CCM, ChaCha20), without the padding attacks of CBC.
std::span<const std::uint16_t> aeadSuites();
// A fresh secret by Diffie-Hellman over a prime that the server chose (TLS 1.2 and below).
std::span<const std::uint16_t> finiteFieldSuites();

} // namespace cockpit
