// How the shop counts tries: at signing in by account and by address, and letters by address of mail.
#pragma once

#include "app/practice/shop/shopcall.h"

#include <optional>

namespace cockpit::shop {

// 429, or 423 for an account that is locked for ever; nothing when the try is heard.
std::optional<PageReply> heldBack(const Call &call, const QString &email);
void countFailure(Call &call, const QString &email);
void forgetFailures(Call &call, const QString &email);
// The same of wrong one-time codes, which are counted by account on their own.
std::optional<PageReply> heldBackFromCodes(const Call &call, const QString &email);
void countWrongCode(Call &call, const QString &email);
void forgetWrongCodes(Call &call, const QString &email);
// Counts one question to the assistant by whoever is signed in; 429 when there were too many.
std::optional<PageReply> tooManyQuestions(Call &call);
// Counts one letter to that address, asked for by whoever; 429 when there were too many. unlimited: the fault by which
// there never are.
std::optional<PageReply> tooManyLetters(Call &call, const QString &email,
                                        ShopFault unlimited = ShopFault::NoResetLimit);

// Of no route any more there were letters to that address.
void forgetLetters(TryCounter &tries, const QString &email);

} // namespace cockpit::shop
