class Exception(BaseException):
    Message: str
