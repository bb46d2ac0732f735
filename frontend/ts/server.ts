/* htmx 2: parts of pages asked from the server. Its options stand in the page's meta tag. */
import htmx from "htmx.org";

const TOKEN = "input[name=csrfmiddlewaretoken]";

document.addEventListener("htmx:configRequest", (event) => {
  const request = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  const token = document.querySelector<HTMLInputElement>(TOKEN);
  if (request.verb !== "get" && token) request.headers["X-CSRFToken"] = token.value;
});

// A removed right or an ended session answers a part with a whole page: show it as a page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.status === 401 || xhr.status === 403 || xhr.status === 404) {
    event.preventDefault();
    window.location.reload();
  }
});

export { htmx };
