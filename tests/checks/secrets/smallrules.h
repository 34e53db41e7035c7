// A few rules of each kind, and keys of their shapes. The keys are made when the test runs: a file with whole keys in
// it would be held back by the guards of code hosts.
#pragma once

#include "checks/secrets/patternset.h"

#include <QTest>

#include <random>

namespace cockpit::test {

inline const QByteArray kSmallRules = R"json({"rules":[
 {"id":"stripe-live-secret","name":"Stripe secret key (live)","service":"Stripe","kind":"secret","severity":"critical",
  "keywords":["k_live_"],"pattern":"(?:sk|rk)_live_[A-Za-z0-9]{24,}","rotate":"https://dashboard.stripe.com/apikeys",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"stripe-publishable","name":"Stripe publishable key","service":"Stripe","kind":"public","severity":"low",
  "keywords":["pk_live_"],"pattern":"pk_live_[A-Za-z0-9]{24,}",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"clerk-live-secret","name":"Clerk secret key (live)","service":"Clerk","kind":"secret","severity":"critical",
  "keywords":["k_live_"],"pattern":"sk_live_[A-Za-z0-9]{24,}","near":"clerk",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"aws-secret","name":"AWS secret access key","service":"AWS","kind":"secret","severity":"critical",
  "keywords":["aws"],"pattern":"[A-Za-z0-9/+]{40}","near":"secret","minEntropy":4,
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"postgres-url","name":"PostgreSQL address with a password","service":"PostgreSQL","kind":"secret",
  "severity":"critical","keywords":["postgres"],"pattern":"postgres(?:ql)?://[^\\s:@/]{1,80}:[^\\s:@/]{3,80}@[A-Za-z0-9.-]{1,80}",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"private-key","name":"Private key","service":"any service","kind":"secret","severity":"high","keywords":["private key"],
  "pattern":"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\\s\\\\]{64,}",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"json-web-token","name":"JSON Web Token","service":"any service","kind":"jwt","severity":"high","keywords":["eyj"],
  "pattern":"eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]},
 {"id":"generic-password","name":"Password","service":"any service","kind":"secret","severity":"medium",
  "keywords":["password","secret"],"caseless":true,"minEntropy":3,
  "pattern":"(?:password|secret)[\"']?\\s{0,3}[:=]\\s{0,3}[\"']([^\"'\\s]{8,100})[\"']",
  "opens":["infrastructure"],"matching":["a","b"],"passing":["c","d"]}
]})json";

inline std::vector<LeakRule> smallRules()
{
    return parseLeakRules(kSmallRules).value();
}

inline std::shared_ptr<const PatternSet> smallSet()
{
    static const auto set = PatternSet::compile(smallRules()).value();
    return set;
}

inline QString noRoom()
{
    return QStringLiteral("There is no memory for the search for secrets.");
}

// As on a machine whose memory is full: a text with a keyword cannot be searched.
inline std::shared_ptr<const PatternSet> setWithoutRoom()
{
    const auto refuse = []() -> Result<void> { return failure(ErrorKind::Storage, noRoom()); };
    return PatternSet::compile(smallRules(), {}, {}, refuse).value();
}

// Characters without a meaning, the same for the same seed.
inline std::string noise(size_t count, unsigned seed = 1,
                         std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
{
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < count)
        text += alphabet[random() % alphabet.size()];
    return text;
}

inline std::string stripeKey(unsigned seed = 1)
{
    return "sk_" + ("live_" + noise(24, seed));
}

inline std::string privateKey(size_t bytes)
{
    std::string key = std::string("-----BEGIN ") + "PRIVATE KEY-----\n";
    for (unsigned line = 0; key.size() < bytes; ++line)
        key += noise(64, 100 + line) + "\n";
    return key + "-----END " + "PRIVATE KEY-----\n";
}

inline std::string jwt(const QByteArray &claims)
{
    const auto part = [](const QByteArray &json) {
        return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
    };
    return part(R"({"alg":"HS256","typ":"JWT"})") + "." + part(claims) + "." + noise(43, 9);
}

} // namespace cockpit::test
