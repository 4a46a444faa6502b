(function(d){
var h=d.documentElement,langs=(h.getAttribute("data-langs")||"").trim().split(" ");
function recall(k){try{return localStorage.getItem("dautich."+k)}catch(e){return null}}
function keep(k,v){try{localStorage.setItem("dautich."+k,v)}catch(e){}}
function show(l){
var i=langs.indexOf(l);if(i<0)return;
h.setAttribute("data-show",i);h.lang=l;
var t=d.querySelector("title"),w=t&&t.getAttribute("data-"+l);if(w)d.title=w;
d.querySelectorAll("[data-choose]").forEach(function(a){
if(a.getAttribute("data-choose")===l)a.setAttribute("aria-current","true");else a.removeAttribute("aria-current")})
}
function choose(){
var want=[recall("lang")].concat(navigator.languages||[navigator.language]);
for(var i=0;i<want.length;i++){
var l=(want[i]||"").toLowerCase().split("-")[0];
if(langs.indexOf(l)>=0)return l}
return langs.indexOf("en")>=0?"en":langs[0]
}
var A="23456789BCDFGHJKLMNPQRSTVWXYZ",twins={0:"QD",O:"QD",1:"LT",I:"LT",A:"4",E:"3",U:"V"};
function good(s){for(var n=0,i=0;i<6;i++)n+=(6-i)*A.indexOf(s.charAt(i));return n%29===0}
function mend(s){
s=s.toUpperCase().replace(/^.*\/Q\//,"").replace(/[^0-9A-Z]/g,"");if(s.length!==6)return[];
for(var out=[""],i=0;i<6;i++){
var c=s.charAt(i),to=A.indexOf(c)<0?twins[c]||"":c,more=[];
out.forEach(function(o){to.split("").forEach(function(t){more.push(o+t)})});out=more}
return out.filter(good)}
function open(id){location.href=(h.getAttribute("data-root")||"../")+"Q/"+id+"/"}
if(h.getAttribute("data-layout")==="missing"){
var p=location.pathname.match(/\/q\/([^\/]{6})\/?$/i),to=p?mend(p[1]):[];
if(to.length===1&&!(p[0]==="/Q/"+to[0]+"/"))open(to[0])}
d.addEventListener("submit",function(e){
var f=e.target;if(!f.hasAttribute("data-codes"))return;e.preventDefault();
var to=mend(f.elements.code.value);f.querySelector("[data-wrong]").hidden=to.length>0;
if(to.length)open(to[0])});
function size(large){
h.classList.toggle("large",large);
var b=d.querySelector("[data-size]");if(b)b.setAttribute("aria-pressed",large)}
function share(b){
var n=navigator,u=b.getAttribute("data-share");
function tell(w){return function(){
var p=b.parentNode.querySelector(".told"),a=d.createElement("b");
p.textContent=b.getAttribute(w)+" ";a.textContent=u;p.appendChild(a);
if(w==="data-by-hand")getSelection().selectAllChildren(a)}}
function copy(){
if(n.clipboard&&n.clipboard.writeText)n.clipboard.writeText(u).then(tell("data-copied"),tell("data-by-hand"));else tell("data-by-hand")()}
if(n.share)n.share({title:d.title,url:u}).catch(function(e){if(e.name!=="AbortError")copy()});else copy()}
addEventListener("load",function(){try{
var n=navigator,s=n.serviceWorker;
if(s&&!(n.connection||{}).saveData)s.register(h.getAttribute("data-root")+"sw.js").then(function(){return s.ready}).then(function(r){r.active.postMessage(h.lang)}).catch(function(){})
}catch(e){}});
h.classList.add("js");size(recall("text")==="large");
var today=new Date(Date.now()+252e5).toISOString().slice(0,10);
var f=d.querySelector("link[as=font]");
if(f&&window.FontFace){f=new FontFace("Be Vietnam Pro","url("+f.href+")",{weight:"600",display:"optional"});d.fonts.add(f);f.load().catch(function(){})}
if(langs[0])show(choose());
d.addEventListener("DOMContentLoaded",function(){
d.querySelectorAll("[data-until]").forEach(function(x){x.hidden=x.getAttribute("data-until")<today});
size(h.classList.contains("large"));
if(langs[0])show(langs[h.getAttribute("data-show")])});
d.addEventListener("click",function(e){
var a=e.target.closest&&e.target.closest("[data-choose],[data-share],[data-size],.listen>summary");if(!a)return;
var l=a.getAttribute("data-choose"),large=!h.classList.contains("large");
if(a.hasAttribute("data-share"))return share(a);
if(a.hasAttribute("data-size")){size(large);return keep("text",large?"large":"")}
if(!l){a=a.parentNode;l=a.querySelector("audio");return a.open?l.pause():l.play().catch(function(){})}
keep("lang",l);
if(langs.indexOf(l)>=0){e.preventDefault();show(l);scrollTo(0,0)}
})
})(document)
