// A front end is uploaded without a jar or an image, and a real browser gets a page that works.
import groovy.json.JsonSlurper

def upload = new JsonSlurper().parse(new File(basedir, "target/ecs/upload.json"))
assert upload.bucket == "shop-web"
assert upload.files == 5 && upload.sent == 5
assert upload.invalidated == ["/", "/index.html"]
assert !new File(basedir, "target/ecs/image.json").exists()

def log = new File(basedir, "build.log").text
def told = (log =~ /Uploaded 5 of 5 files, .* (http:\/\/127\.0\.0\.1:\d+\/)/)
assert told.find() : "the address of the site is not told"
def site = told.group(1)

assert log =~ /Smoke test of web: \Q$site\E answers 200/
assert log =~ /(?s)ECS summary of web.*smoke test +[\d.]+ s.*bucket +s3:\/\/shop-web\//
def record = new JsonSlurper().parse(new File(basedir, "target/ecs/report.json"))
assert record.outcome == "SUCCESS"
assert record.modules*.name == ["web"]
assert record.modules[0].stages*.stage == ["upload", "smoke test"]
assert record.modules[0].upload.set == upload.id && record.modules[0].upload.url == site

def page = new URL(site).openConnection()
assert page.getHeaderField("Content-Type") == "text/html; charset=utf-8"
assert page.getHeaderField("Cache-Control") == "no-cache"
def script = new URL(site + "assets/shop-Bq3xT9aZ.js").openConnection()
assert script.getHeaderField("Content-Type") == "text/javascript; charset=utf-8"
assert script.getHeaderField("Cache-Control") == "public,max-age=31536000,immutable"

def browser = ["chromium", "chromium-browser", "google-chrome"].find { name ->
    System.getenv("PATH").split(File.pathSeparator).any { new File(it, name).canExecute() }
}
if (browser == null) {
    println "SKIPPED: no Chromium on the PATH, the front end was not looked at in a browser"
    return
}
assert log.contains("answers 200, and a browser shows it")
def profile = new File(basedir, "target/chromium")
def look = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + profile,
        "--virtual-time-budget=5000", "--dump-dom", site].execute()
def seen = new ByteArrayOutputStream()
def errors = new ByteArrayOutputStream()
look.waitForProcessOutput(seen, errors)
assert seen.toString("UTF-8").contains('<p id="offer">Käse 4.50 €</p>') : "$seen\n$errors"
