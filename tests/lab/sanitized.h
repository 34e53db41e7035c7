// Whether a sanitizer watches the test, which makes everything slower and larger than it is.
#pragma once

namespace cockpit::lab {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif
#else
constexpr bool kIsSanitized = false;
#endif

// What a limit of time is multiplied by.
constexpr int kSlowdown = kIsSanitized ? 6 : 1;

} // namespace cockpit::lab
