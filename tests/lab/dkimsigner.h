// Signs messages for tests: Ed25519 (RFC 8463), relaxed/relaxed, with a key of its own.
#pragma once

#include "checks/mail/dkimcanon.h"
#include "checks/net/opensslhandles.h"

#include <QCryptographicHash>

namespace cockpit::lab {

class DkimSigner
{
public:
    DkimSigner(QByteArray domain, QByteArray selector)
        : m_domain(std::move(domain)),
          m_selector(std::move(selector)),
          m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))
    {
    }

    // For a zone script.
    QString record() const
    {
        QByteArray raw(32, 0);
        size_t size = 32;
        EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char *>(raw.data()), &size);
        return QString::fromLatin1(m_selector + "._domainkey." + m_domain +
                                   ". 300 IN TXT \"v=DKIM1; k=ed25519; p=" + raw.toBase64() + '"');
    }

    // The message with a signature over From and Subject in front. extra: further tags ("l=4; ").
    QByteArray sign(const QByteArray &message, const QByteArray &extra = {}) const
    {
        const Message parsed = parseMessage(message).value();
        const QByteArray body = canonicalBody(parsed.body, Canonicalization::Relaxed);
        QByteArray field = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=" + m_domain +
                           "; s=" + m_selector + "; " + extra +
                           "h=from:subject; bh=" + hash(covered(body, extra)).toBase64() + "; b=";
        QByteArray header;
        for (const char *name : {"from", "subject"}) {
            if (const auto fields = parsed.named(name); !fields.empty())
                header += canonicalField(fields.back().raw, Canonicalization::Relaxed);
        }
        QByteArray own = canonicalField(field + "\r\n", Canonicalization::Relaxed);
        own.chop(2);
        return field + signatureOf(hash(header + own)).toBase64() + "\r\n" + message;
    }

    // The message with one more set of ARC in front (RFC 8617), made for the sets that it has already. cv: of the seal.
    // own: further tags of its signature of the message.
    QByteArray passOn(const QByteArray &message, int instance, const QByteArray &results, const QByteArray &cv,
                      const QByteArray &own = {}) const
    {
        const Message parsed = parseMessage(message).value();
        const QByteArray number = QByteArray::number(instance);
        const QByteArray aar = "ARC-Authentication-Results: i=" + number + "; " + m_domain + "; " + results + "\r\n";
        const QByteArray ams =
            signedField("ARC-Message-Signature: i=" + number + "; a=ed25519-sha256; c=relaxed/relaxed; d=" + m_domain +
                            "; s=" + m_selector + "; " + own + "h=from:subject; bh=",
                        parsed, own);
        QByteArray sealed;
        for (int i = 1; i < instance; ++i) {
            for (const char *name : {"ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"}) {
                for (const MessageField &field : parsed.named(name)) {
                    if (field.value().contains("i=" + QByteArray::number(i) + ';'))
                        sealed += canonicalField(field.raw, Canonicalization::Relaxed);
                }
            }
        }
        sealed += canonicalField(aar, Canonicalization::Relaxed) + canonicalField(ams, Canonicalization::Relaxed);
        const QByteArray seal =
            "ARC-Seal: i=" + number + "; cv=" + cv + "; a=ed25519-sha256; d=" + m_domain + "; s=" + m_selector + "; b=";
        QByteArray itself = canonicalField(seal + "\r\n", Canonicalization::Relaxed);
        itself.chop(2);
        return seal + signatureOf(hash(sealed + itself)).toBase64() + "\r\n" + ams + aar + message;
    }

private:
    // What l= at the front of further tags leaves of the body.
    static QByteArray covered(const QByteArray &body, const QByteArray &extra)
    {
        return extra.startsWith("l=") ? body.left(extra.mid(2, extra.indexOf(';') - 2).toInt()) : body;
    }

    // start: up to the value of bh=, with the further tags.
    QByteArray signedField(const QByteArray &start, const Message &message, const QByteArray &extra) const
    {
        const QByteArray body = covered(canonicalBody(message.body, Canonicalization::Relaxed), extra);
        const QByteArray field = start + hash(body).toBase64() + "; b=";
        QByteArray header;
        for (const char *name : {"from", "subject"}) {
            if (const auto fields = message.named(name); !fields.empty())
                header += canonicalField(fields.back().raw, Canonicalization::Relaxed);
        }
        QByteArray own = canonicalField(field + "\r\n", Canonicalization::Relaxed);
        own.chop(2);
        return field + signatureOf(hash(header + own)).toBase64() + "\r\n";
    }

    static QByteArray hash(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    }

    QByteArray signatureOf(const QByteArray &bytes) const
    {
        QByteArray value(64, 0);
        size_t size = 64;
        const std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get());
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(value.data()), &size,
                       reinterpret_cast<const unsigned char *>(bytes.constData()), static_cast<size_t>(bytes.size()));
        return value;
    }

    QByteArray m_domain;
    QByteArray m_selector;
    KeyPtr m_key;
};

} // namespace cockpit::lab
