// OpenSSL objects that free themselves, for the practice company's certificates and servers.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace cockpit {

struct X509Free
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
struct KeyFree
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
using X509Ptr = std::unique_ptr<X509, X509Free>;
using KeyPtr = std::unique_ptr<EVP_PKEY, KeyFree>;

} // namespace cockpit
