// A finding: what we saw, why it matters, how to fix it, and how sure we are.
#pragma once

#include "models/vocabulary.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

// One piece of what a judgement rests on. Text is already masked by the redactor and stripped of control characters.
struct Evidence
{
    QString title; // "GET https://app.example.com/.env"
    QString body;  // response head, record set, certificate text

    bool operator==(const Evidence &) const = default;
};

struct Fix
{
    QStringList steps;
    QString paste;    // a record, header or configuration line; empty when there is none
    QString aiPrompt; // to paste into an AI coding tool

    bool operator==(const Fix &) const = default;
};

struct Location
{
    QString file;
    int line = 0; // 1-based
    QString commit;

    bool operator==(const Location &) const = default;
};

struct Finding
{
    QString checkId; // "mail.dmarc"
    QString code;    // stable word for what is wrong, unique within the check: "missing"
    QString host;    // empty when it concerns the whole target
    QString subject; // tells apart findings of one code on one host (a path, a selector); may be empty

    Severity severity = Severity::Low;
    Proof proof = Proof::Lead;
    Impact impact = Impact::Maintainability;

    QString title;        // "Anyone can send email as you"
    QString whatWeSaw;    // one or two sentences with the value seen and what was wanted
    QString whyItMatters; // from the guide, filled by the engine
    Fix fix;              // steps and prompt from the guide, filled by the engine; paste by the judge
    int effortMinutes = 30;

    std::vector<Evidence> evidence;
    QStringList items; // ids of the roadmap items that this finding breaks, filled by the engine
    std::optional<Location> location;

    // Stable across runs: check, code, host and subject; never a value that changes between two looks.
    QString id() const;

    bool operator==(const Finding &) const = default;
};

// The stored and printed form (see cli.md: findings[]). fromJson returns what it can read; unknown words give nullopt.
QJsonObject toJson(const Finding &finding);
std::optional<Finding> findingFromJson(const QJsonObject &json);

} // namespace cockpit
