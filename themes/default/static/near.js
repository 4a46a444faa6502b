// What is nearest to the reader: asked for at a tap, worked out here, sent nowhere and kept nowhere.
(function (d) {
  var box = d.querySelector("[data-near]");
  if (!box || !navigator.geolocation || !window.fetch) return;
  var button = box.querySelector("button"), status = box.querySelector("[role=status]"), list = box.querySelector("ol");
  var lang = d.documentElement.lang, root = d.documentElement.getAttribute("data-root");
  function tell(key) { status.textContent = box.getAttribute("data-" + key); button.disabled = key === "wait"; }
  // Kilometres on the sphere of radius 6,371 km, as the build reckons them.
  function far(a, b, c, e) {
    var r = Math.PI / 180, h = function (x) { return Math.pow(Math.sin(x * r / 2), 2); };
    return 12742 * Math.asin(Math.min(1, Math.sqrt(h(c - a) + Math.cos(a * r) * Math.cos(c * r) * h(e - b))));
  }
  function worded(km) {
    if (km < 1) return Math.round(km * 100) * 10 + " m";
    var figure = km < 10 ? km.toFixed(1) : km.toFixed(0);
    return (lang === "vi" ? figure.replace(".", ",") : figure) + " km";
  }
  function show(points, here) {
    var near = points.map(function (one) { return { km: far(here.latitude, here.longitude, one[0], one[1]), one: one }; });
    near.sort(function (a, b) { return a.km - b.km; });
    list.textContent = "";
    near.slice(0, 10).forEach(function (each) {
      var row = d.createElement("li"), link = d.createElement("a"), small = d.createElement("small");
      link.href = root + each.one[3];
      link.textContent = each.one[2];
      small.textContent = worded(each.km);
      row.append(link, " ", small);
      list.append(row);
    });
    tell(near.length ? "found" : "none");
  }
  button.addEventListener("click", function () {
    tell("wait");
    navigator.geolocation.getCurrentPosition(function (at) {
      var here = at.coords, file = box.getAttribute("data-near"), side = +box.getAttribute("data-square");
      if (side) file += Math.floor(here.latitude / side) + "_" + Math.floor(here.longitude / side) + ".json";
      fetch(file).then(function (reply) {
        // A square without a file has no measured point in it.
        if (side && reply.status === 404) return [];
        if (!reply.ok) throw reply;
        return reply.json();
      }).then(function (points) { show(points, here); }).catch(function () { tell("lost"); });
    }, function () { tell("refused"); }, { maximumAge: 60000, timeout: 15000 });
  });
})(document);
