#include "tests/lab/signedzone.h"

#include <ldns/ldns.h>

#include <cstdio>
#include <memory>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

template<auto Free>
struct Deleter
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Zone = std::unique_ptr<ldns_zone, Deleter<ldns_zone_deep_free>>;
using KeyList = std::unique_ptr<ldns_key_list, Deleter<ldns_key_list_free>>;
using Record = std::unique_ptr<ldns_rr, Deleter<ldns_rr_free>>;
using CString = std::unique_ptr<char, Deleter<std::free>>;

Zone parse(const QString &name, QByteArray text)
{
    const std::unique_ptr<ldns_rdf, Deleter<ldns_rdf_deep_free>> origin(
        ldns_dname_new_frm_str(name.toLatin1().constData()));
    const std::unique_ptr<FILE, Deleter<std::fclose>> file(
        fmemopen(text.data(), static_cast<size_t>(text.size()), "r"));
    ldns_zone *zone = nullptr;
    int line = 0;
    const auto status = ldns_zone_new_frm_fp_l(&zone, file.get(), origin.get(), 300, LDNS_RR_CLASS_IN, &line);
    if (status != LDNS_STATUS_OK)
        qFatal("the zone of a test is wrong in line %d: %s", line, ldns_get_errorstr_by_id(status));
    return Zone(zone);
}

KeyList makeKey(const QString &name, const QDateTime &inception, const QDateTime &expiration)
{
    ldns_key *key = ldns_key_new_frm_algorithm(LDNS_SIGN_ECDSAP256SHA256, 256);
    ldns_key_set_pubkey_owner(key, ldns_dname_new_frm_str(name.toLatin1().constData()));
    ldns_key_set_flags(key, LDNS_KEY_ZONE_KEY | LDNS_KEY_SEP_KEY);
    ldns_key_set_inception(key, static_cast<uint32_t>(inception.toSecsSinceEpoch()));
    ldns_key_set_expiration(key, static_cast<uint32_t>(expiration.toSecsSinceEpoch()));
    const Record record(ldns_key2rr(key));
    ldns_key_set_keytag(key, ldns_calc_keytag(record.get()));
    KeyList keys(ldns_key_list_new());
    ldns_key_list_push_key(keys.get(), key);
    return keys;
}

QByteArray textOf(const ldns_rr *record)
{
    return CString(ldns_rr2str(record)).get();
}

template<typename Condition>
QByteArray linesThat(const QByteArray &zone, Condition holds)
{
    QByteArray kept;
    for (const QByteArray &line : zone.split('\n')) {
        if (holds(line))
            kept += line + '\n';
    }
    return kept;
}

} // namespace

SignedZone signZone(const QString &name, const QByteArray &plain, const QDateTime &inception,
                    const QDateTime &expiration)
{
    const Zone zone = parse(name, plain);
    const KeyList keys = makeKey(name, inception, expiration);
    ldns_rr *publicKey = ldns_key2rr(ldns_key_list_key(keys.get(), 0));
    ldns_zone_push_rr(zone.get(), publicKey);
    const Zone signedZone(ldns_zone_sign(zone.get(), keys.get())); // of copies
    SignedZone made;
    made.file = textOf(ldns_zone_soa(signedZone.get()));
    const ldns_rr_list *records = ldns_zone_rrs(signedZone.get());
    for (size_t i = 0; i < ldns_rr_list_rr_count(records); ++i)
        made.file += textOf(ldns_rr_list_rr(records, i));
    made.ds = textOf(Record(ldns_key_rr2ds(publicKey, LDNS_SHA256)).get());
    return made;
}

QByteArray withoutLines(const QByteArray &zone, const QByteArray &word)
{
    return linesThat(zone, [&](const QByteArray &line) { return !line.contains(word); });
}

QByteArray onlyLines(const QByteArray &zone, const QByteArray &word)
{
    return linesThat(zone, [&](const QByteArray &line) { return line.contains(word); });
}

} // namespace cockpit::lab
