// What people type into the search, and how it is asked: for the tests, and for the benchmark of a large site.

export const SEARCH = { vi: '/vi/tim/', en: '/en/search/' }

/** What is typed, and the slug of what must come first. */
export const TYPED = {
  vi: [
    // as it is written
    ['Văn miếu Mao Điền', 'van-mieu-mao-dien'], ['chùa Côn Sơn', 'chua-con-son'], ['Đền Bia', 'den-bia'], ['bánh đậu xanh', 'banh-dau-xanh'],
    // without marks
    ['den mao dien', 'van-mieu-mao-dien'], ['chua con son', 'chua-con-son'], ['banh dau xanh', 'banh-dau-xanh'], ['den kiep bac', 'den-kiep-bac'],
    ['dong kinh chu', 'dong-kinh-chu'], ['vai thieu', 'vai-thieu-thanh-ha'], ['nep cai hoa vang', 'nep-cai-hoa-vang'], ['dao co', 'dao-co-chi-lang-nam'],
    // wrong marks, marks in the old or the new place, capitals
    ['CHÙA CÔN SƠN', 'chua-con-son'], ['đến bìa', 'den-bia'], ['chùa gíam', 'chua-giam'], ['miếu mộ trách', 'mieu-mo-trach'], ['gao nếp cái hoà vàng', 'nep-cai-hoa-vang'],
    ['múa rối nước', 'roi-nuoc-hong-phong'],
    // while it is being typed
    ['con s', 'chua-con-son'], ['văn mi', 'van-mieu-mao-dien'], ['banh dau', 'banh-dau-xanh'], ['nham', 'chua-nham-duong'],
    // one letter wrong, lacking, too many, exchanged
    ['kiep bax', 'den-kiep-bac'], ['kiep bca', 'den-kiep-bac'], ['van mieu mao dein', 'van-mieu-mao-dien'], ['chua con sonn', 'chua-con-son'], ['tranhh', 'den-tranh'],
    // letters of Telex that were not turned into marks
    ['chuaf coon sown', 'chua-con-son'], ['ddeenf bia', 'den-bia'],
    // other names, other word orders
    ['chùa Hun', 'chua-con-son'], ['den yet kieu', 'den-quat'], ['côn sơn chùa', 'chua-con-son'], ['kinh chu', 'dong-kinh-chu'],
    // communes and districts, of before and of today
    ['xã Cẩm Văn', 'den-bia'], ['cam dien', 'van-mieu-mao-dien'], ['ruoi huyen tu ky', 'ruoi-tu-ky'], ['phường Tứ Minh', 'banh-da-lo-cuong'],
    // in English, on the Vietnamese page
    ['mung bean cake', 'banh-dau-xanh'], ['stork island', 'dao-co-chi-lang-nam'], ['lychee', 'vai-thieu-thanh-ha'],
  ],
  en: [
    ['con son pagoda', 'chua-con-son'], ['temple of literature', 'van-mieu-mao-dien'], ['Stele Temple', 'den-bia'], ['water puppet', 'roi-nuoc-hong-phong'],
    ['lychie', 'vai-thieu-thanh-ha'], ['van mieu', 'van-mieu-mao-dien'], ['scan plaque', 'quet-ma-an-toan'],
  ],
}

/** Types a query and waits for what is said of it. */
export async function ask(page, query) {
  await page.fill('[name=q]', '')
  await page.waitForFunction(() => !document.querySelector('[role=status]').textContent)
  await page.fill('[name=q]', query)
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent)
  return page.evaluate(() => ({
    said: document.querySelector('[role=status]').textContent,
    found: [...document.querySelectorAll('[data-found] a')].map((a) => ({ title: a.textContent, path: new URL(a.href).pathname, about: a.nextElementSibling.textContent })),
    index: !document.querySelector('[data-index]').hidden,
  }))
}

export const slug = (one) => one?.path.split('/').at(-2)
