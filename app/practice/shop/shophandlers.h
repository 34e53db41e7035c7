// What the shop's routes do, once the gate has let the caller in and the body is read. The table is in shoproutes.cpp.
#pragma once

#include "app/practice/shop/shopcall.h"

namespace cockpit::shop {

// Sign-in and sessions (shoplogin.cpp)
PageReply signIn(Call &call);
PageReply renew(Call &call);
PageReply signOut(Call &call);
PageReply showMe(Call &call);
PageReply changeMe(Call &call);
PageReply changePassword(Call &call);
PageReply showKeys(Call &call);
PageReply checkAccount(Call &call); // ?email=
// An access token of a new session of that account.
QByteArray newAccessToken(ShopState &shop, const Account &account, const QByteArray &session,
                          const QJsonObject &claims = {});
QByteArray newSession(Store &store, int account);
// Tokens of a new session of that account.
PageReply signedInReply(Call &call, const Account &account);

// Sign-in by a code from a letter (shopcodes.cpp)
PageReply sendCode(Call &call);
PageReply signInWithCode(Call &call);

// Letters with links (shopletters.cpp, shopinvites.cpp)
PageReply signUp(Call &call);
PageReply confirmSignUp(Call &call);
PageReply forgetPassword(Call &call);
PageReply resetPassword(Call &call);
PageReply invite(Call &call);
PageReply listInvitations(Call &call);
PageReply acceptInvitation(Call &call);

// Records of the four collections (shoprecordroutes.cpp, shoprecordreads.cpp)
PageReply listRecords(Call &call);
PageReply showRecord(Call &call);
PageReply createRecord(Call &call);
PageReply changeRecord(Call &call);
PageReply removeRecord(Call &call);
PageReply showRecordByQuery(Call &call);
PageReply lookUpRecords(Call &call);
PageReply exportRecords(Call &call);
PageReply search(Call &call);
PageReply watchRecord(Call &call);  // a WebSocket
PageReply watchChanges(Call &call); // the same, of what its visitor subscribes to

// The tenant's office (shopoffice.cpp)
PageReply listUsers(Call &call);
PageReply changeUser(Call &call);
PageReply showSettings(Call &call);
PageReply changeSettings(Call &call);
PageReply listCoupons(Call &call);
PageReply createCoupon(Call &call);
PageReply redeemCoupon(Call &call);

// The assistant (shopassistant.cpp)
PageReply askAssistant(Call &call);

// Other programs (shopintake.cpp)
PageReply takeWebhook(Call &call);
PageReply registerCallback(Call &call);
PageReply listCallbacks(Call &call);
PageReply removeCallback(Call &call);

// Files (shopfiles.cpp)
PageReply upload(Call &call);
PageReply listUploads(Call &call);
PageReply showUpload(Call &call);
PageReply removeUpload(Call &call);
PageReply showInvoiceFile(Call &call);

// Pages (shoppages.cpp)
PageReply homePage(Call &call);
PageReply pricingPage(Call &call);
PageReply accountPage(Call &call);
PageReply linkPage(Call &call); // where the links of letters lead
PageReply health(Call &call);

} // namespace cockpit::shop
