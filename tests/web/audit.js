// What can be measured on a shown page: contrast of its text, names of its controls, width.
() => {
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const channels = (color) => {
    const values = color.match(/[\d.]+/g).map(Number);
    return { rgb: values.slice(0, 3), alpha: values[3] ?? 1 };
  };
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = channels(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !shown(element) || element.closest(":disabled, .unseen, .skip")) continue;
    const ratio = contrast(channels(getComputedStyle(element).color).rgb, background(element));
    if (ratio < 4.5) faint.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  const nameless = [...document.querySelectorAll("button, a, input, textarea, [role=tab]")]
    .filter((element) => shown(element))
    .filter((element) => {
      const label = element.labels?.[0]?.textContent ?? "";
      return !(element.textContent.trim() || element.getAttribute("aria-label") || label.trim());
    })
    .map((element) => element.outerHTML);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return {
    faint,
    nameless,
    repeated: ids.filter((id, at) => ids.indexOf(id) !== at),
    overflow: document.documentElement.scrollWidth - innerWidth,
  };
}
