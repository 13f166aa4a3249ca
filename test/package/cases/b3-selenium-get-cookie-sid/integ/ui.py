from selenium import webdriver


def session(frontdoor_url):
    driver = webdriver.Chrome()
    driver.get(frontdoor_url)
    return driver.get_cookie("sid")["value"]
