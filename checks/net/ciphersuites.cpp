#include "checks/net/ciphersuites.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Numbers and names: IANA, TLS Cipher Suites. RFC 7465 forbids RC4, RFC 8996 and RFC 9325 the rest.
constexpr std::array kWeak = {
    WeakSuite{0x0001, "TLS_RSA_WITH_NULL_MD5", WeakFamily::NoEncryption},
    WeakSuite{0x0002, "TLS_RSA_WITH_NULL_SHA", WeakFamily::NoEncryption},
    WeakSuite{0x003b, "TLS_RSA_WITH_NULL_SHA256", WeakFamily::NoEncryption},
    WeakSuite{0xc001, "TLS_ECDH_ECDSA_WITH_NULL_SHA", WeakFamily::NoEncryption},
    WeakSuite{0xc006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA", WeakFamily::NoEncryption},
    WeakSuite{0xc00b, "TLS_ECDH_RSA_WITH_NULL_SHA", WeakFamily::NoEncryption},
    WeakSuite{0xc010, "TLS_ECDHE_RSA_WITH_NULL_SHA", WeakFamily::NoEncryption},
    WeakSuite{0xc015, "TLS_ECDH_anon_WITH_NULL_SHA", WeakFamily::NoEncryption},
    WeakSuite{0x0017, "TLS_DH_anon_EXPORT_WITH_RC4_40_MD5", WeakFamily::Anonymous},
    WeakSuite{0x0018, "TLS_DH_anon_WITH_RC4_128_MD5", WeakFamily::Anonymous},
    WeakSuite{0x0019, "TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0x001a, "TLS_DH_anon_WITH_DES_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0x001b, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0x003a, "TLS_DH_anon_WITH_AES_256_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0x006c, "TLS_DH_anon_WITH_AES_128_CBC_SHA256", WeakFamily::Anonymous},
    WeakSuite{0x006d, "TLS_DH_anon_WITH_AES_256_CBC_SHA256", WeakFamily::Anonymous},
    WeakSuite{0x00a6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256", WeakFamily::Anonymous},
    WeakSuite{0x00a7, "TLS_DH_anon_WITH_AES_256_GCM_SHA384", WeakFamily::Anonymous},
    WeakSuite{0xc016, "TLS_ECDH_anon_WITH_RC4_128_SHA", WeakFamily::Anonymous},
    WeakSuite{0xc017, "TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0xc018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0xc019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA", WeakFamily::Anonymous},
    WeakSuite{0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5", WeakFamily::Export},
    WeakSuite{0x0006, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5", WeakFamily::Export},
    WeakSuite{0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", WeakFamily::Export},
    WeakSuite{0x0011, "TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA", WeakFamily::Export},
    WeakSuite{0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA", WeakFamily::Export},
    WeakSuite{0x0062, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", WeakFamily::Export},
    WeakSuite{0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", WeakFamily::Export},
    WeakSuite{0x0009, "TLS_RSA_WITH_DES_CBC_SHA", WeakFamily::Des},
    WeakSuite{0x0012, "TLS_DHE_DSS_WITH_DES_CBC_SHA", WeakFamily::Des},
    WeakSuite{0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA", WeakFamily::Des},
    WeakSuite{0x0004, "TLS_RSA_WITH_RC4_128_MD5", WeakFamily::Rc4},
    WeakSuite{0x0005, "TLS_RSA_WITH_RC4_128_SHA", WeakFamily::Rc4},
    WeakSuite{0xc002, "TLS_ECDH_ECDSA_WITH_RC4_128_SHA", WeakFamily::Rc4},
    WeakSuite{0xc007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA", WeakFamily::Rc4},
    WeakSuite{0xc00c, "TLS_ECDH_RSA_WITH_RC4_128_SHA", WeakFamily::Rc4},
    WeakSuite{0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA", WeakFamily::Rc4},
    WeakSuite{0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
    WeakSuite{0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
    WeakSuite{0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
    WeakSuite{0xc003, "TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
    WeakSuite{0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
    WeakSuite{0xc00d, "TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
    WeakSuite{0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", WeakFamily::TripleDes},
};

constexpr std::array<std::uint16_t, 25> kForwardSecret = {
    0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xccaa, 0x009e, 0x009f, 0xc023, 0xc027, 0xc024, 0xc028,
    0xc009, 0xc013, 0xc00a, 0xc014, 0x0067, 0x006b, 0x0033, 0x0039, 0x0045, 0x0088, 0xc0ac, 0xc09e};
constexpr std::array<std::uint16_t, 15> kAead = {0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xccaa, 0x009e,
                                                 0x009f, 0x009c, 0x009d, 0xc0ac, 0xc0ad, 0xc09c, 0xc09d};
constexpr std::array<std::uint16_t, 10> kFiniteField = {0x009e, 0x009f, 0xccaa, 0x0067, 0x006b,
                                                        0x0033, 0x0039, 0x0045, 0x0088, 0x0016};

} // namespace

QString toWord(WeakFamily family)
{
    switch (family) {
    case WeakFamily::NoEncryption:
        return u"null"_s;
    case WeakFamily::Anonymous:
        return u"anonymous"_s;
    case WeakFamily::Export:
        return u"export"_s;
    case WeakFamily::Des:
        return u"des"_s;
    case WeakFamily::Rc4:
        return u"rc4"_s;
    case WeakFamily::TripleDes:
        return u"3des"_s;
    }
    Q_UNREACHABLE();
}

std::span<const WeakSuite> weakSuites()
{
    return kWeak;
}

const WeakSuite *weakSuite(std::uint16_t id)
{
    const auto *it = std::ranges::find(kWeak, id, &WeakSuite::id);
    return it == kWeak.end() ? nullptr : it;
}

std::span<const std::uint16_t> forwardSecretSuites()
{
    return kForwardSecret;
}

std::span<const std::uint16_t> aeadSuites()
{
    return kAead;
}

std::span<const std::uint16_t> finiteFieldSuites()
{
    return kFiniteField;
}

} // namespace cockpit
