// Answers of registries, for tests: in a file of their own, because moc loses its way in raw strings.
#pragma once

#include <QByteArray>

namespace cockpit {

inline const QByteArray kRecord = R"({
  "objectClassName": "domain", "ldhName": "EXAMPLE.COM",
  "status": ["client transfer prohibited", "Active"],
  "events": [{"eventAction": "registration", "eventDate": "2020-01-02T03:04:05Z"},
             {"eventAction": "expiration", "eventDate": "2027-01-02T03:04:05+02:00"},
             {"eventAction": "last changed", "eventDate": "2026-01-02T03:04:05.123Z"}],
  "entities": [{"roles": ["abuse"], "vcardArray": ["vcard", [["fn", {}, "text", "Abuse Desk"]]]},
               {"roles": ["registrar"], "handle": "1234",
                "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Example  Registrar"]]]}],
  "secureDNS": {"delegationSigned": true},
  "links": [{"rel": "self", "href": "https://registry.example/domain/example.com", "type": "application/rdap+json"},
            {"rel": "related", "href": "https://registrar.example/domain/example.com", "type": "application/rdap+json"}]
})";

inline const QByteArray kServices = R"({"services": [
        [["one"], ["https://one.example/rdap/"]], [["co.one"], ["https://co.example/"]], [["TWO"], ["https://two.example/"]],
        [["three"], ["http://three.example/", "https://three.example/"]], [["four"], ["http://four.example/"]],
        [["five"], ["ftp://five.example/"]], "nonsense"]})";

inline const QByteArray kOtherServices = R"({"services": [[["example"], ["https://rdap.nic.example"]]]})";

} // namespace cockpit
