// The hash of what is read a piece at a time. Internal to the folder.
#pragma once

#include "checks/secrets/githandles.h"

#include <QByteArray>

#include <array>
#include <string_view>

#include <openssl/evp.h>

namespace cockpit {

class PieceDigest
{
public:
    explicit PieceDigest(const EVP_MD *kind) : m_context(EVP_MD_CTX_new())
    {
        m_isWell = m_context && EVP_DigestInit_ex(m_context.get(), kind, nullptr) == 1;
    }

    void add(std::string_view bytes)
    {
        m_isWell = m_isWell && EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()) == 1;
    }

    // Its bytes, once; empty where OpenSSL does not offer the kind, which is no hash of anything.
    QByteArray finish()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned length = 0;
        m_isWell = m_isWell && EVP_DigestFinal_ex(m_context.get(), digest.data(), &length) == 1;
        return m_isWell ? QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(length))
                        : QByteArray();
    }

private:
    std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>> m_context;
    bool m_isWell = false;
};

} // namespace cockpit
