// Shows the service's description in Redoc.
Redoc.init("/openapi.json", { hideDownloadButton: false, nativeScrollbars: true }, document.querySelector("#viewer"));
