#pragma once
#define CURL_STRICTER 1
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

// libcurl's setters and getters are variadic, which Swift cannot call: one typed door for each kind of argument.

static inline CURLcode clibcurl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode clibcurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the string.
static inline CURLcode clibcurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl keeps the pointer.
static inline CURLcode clibcurl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the bytes. The size must be set first, or it would look for a NUL.
static inline CURLcode clibcurl_set_body(CURL *easy, const void *bytes, curl_off_t count) {
    CURLcode status = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return status != CURLE_OK ? status : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

// libcurl keeps the list.
static inline CURLcode clibcurl_set_headers(CURL *easy, struct curl_slist *headers) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

static inline CURLcode clibcurl_on_header(CURL *easy, curl_write_callback callback, void *context) {
    CURLcode status = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
    return status != CURLE_OK ? status : curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
}

static inline CURLcode clibcurl_on_body(CURL *easy, curl_write_callback callback, void *context) {
    CURLcode status = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    return status != CURLE_OK ? status : curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
}

static inline CURLcode clibcurl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode clibcurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

// libcurl keeps what it points to, until the next transfer of the handle.
static inline CURLcode clibcurl_get_certificates(CURL *easy, struct curl_certinfo **certificates) {
    return curl_easy_getinfo(easy, CURLINFO_CERTINFO, certificates);
}

static inline CURLMcode clibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode clibcurl_multi_on_socket(CURLM *multi, curl_socket_callback callback, void *context) {
    CURLMcode status = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return status != CURLM_OK ? status : curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

static inline CURLMcode clibcurl_multi_on_timer(CURLM *multi, curl_multi_timer_callback callback, void *context) {
    CURLMcode status = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return status != CURLM_OK ? status : curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

// A macro with a cast, which Swift does not import.
static const curl_socket_t clibcurl_socket_timeout = CURL_SOCKET_TIMEOUT;

// The argument is a macro for an enumerator, which Swift does not import.
static inline const curl_version_info_data *clibcurl_version(void) {
    return curl_version_info(CURLVERSION_NOW);
}
