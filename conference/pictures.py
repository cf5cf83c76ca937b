"""Pictures are re-encoded once, when they are uploaded: a page never waits for one, and no metadata is kept."""

import hashlib
import io
import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

WIDTHS = (480, 960, 1600)  # pixels
TALLEST = 16383  # pixels; WebP holds no more
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
SRGB = ImageCms.createProfile("sRGB")
STORED_NAME = re.compile(r"(?P<stem>.+-(?P<width>\d+)x(?P<height>\d+))\.webp\Z")


def open_picture(file):
    """The picture as a Pillow image, upright and read to its end; the first one of a film. Raises ValidationError, in words,
    for what is no picture or too large, before its pixels take any memory."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 20 MB. Choose a smaller one."))
    try:
        file.seek(0)
        image = Image.open(file, formats=KINDS)
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError(_("The picture has more than 60 million pixels. Choose a smaller one."))
        image.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # of a large JPEG no more is read than is shown
        image.load()
        return upright(image)
    except ValidationError:
        raise
    except Exception as error:  # whatever a decoder makes of a damaged or hostile file
        raise ValidationError(_("This is not a picture we can read. Use JPEG, PNG, WebP or GIF.")) from error


def upright(image):
    """Turned as its camera says; as it is where what the camera says cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def encodings(image):
    """{file name: WebP bytes} for the largest size and each smaller one."""
    image = in_colours(image)
    largest = resized(image, min(image.width, WIDTHS[-1], max(1, image.width * TALLEST // image.height)))
    body = webp(largest)
    stem = f"{hashlib.sha256(body).hexdigest()[:20]}-{largest.width}x{largest.height}"
    smaller = {f"{stem}.{width}.webp": webp(resized(image, width)) for width in WIDTHS if width < largest.width}
    return {f"{stem}.webp": body} | smaller


def in_colours(image):
    """Red, green and blue of 8 bits, as sRGB means them, with transparency where there is some."""
    if image.mode.startswith(("I", "F")):  # greys of 16 bits
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    image = image if image.mode == "CMYK" else image.convert(mode)
    return in_srgb(image, mode).convert(mode)


def in_srgb(image, mode):
    """What the image's own colour profile means (ICC.1), since none is kept; as it is where that cannot be read."""
    profile = image.info.get("icc_profile")
    try:
        return ImageCms.profileToProfile(image, io.BytesIO(profile), SRGB, outputMode=mode) if profile else image
    except Exception:  # whatever is in there: most cameras mean sRGB
        return image


def resized(image, width):
    height = min(TALLEST, max(1, round(image.height * width / image.width)))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def webp(image):
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80, method=4)
    return buffer.getvalue()


def measures(name):
    """(width, height, {width: file name}) of a stored picture, read from its name; None for a name we did not make."""
    match = STORED_NAME.match(name)
    if not match:
        return None
    width, height = int(match["width"]), int(match["height"])
    sizes = {w: f"{match['stem']}.{w}.webp" for w in WIDTHS if w < width} | {width: name}
    return width, height, sizes


def smallest(name):
    """The file name of a stored picture in its smallest size."""
    _width, _height, sizes = measures(name)
    return sizes[min(sizes)]


def readable_picture(file):
    """Validator: a picture newly uploaded can be read."""
    if file and not getattr(file, "_committed", True):
        open_picture(file.file)


class PictureField(models.ImageField):
    """An image kept as WebP in a few widths, named by its content. Old files stay, since old releases show them."""

    default_validators = [readable_picture]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", "pictures")
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def pre_save(self, instance, add):
        file = getattr(instance, self.attname)
        if file and not file._committed:
            names = [store(self, name, body) for name, body in encodings(open_picture(file.file)).items()]
            setattr(instance, self.attname, names[0])
        return getattr(instance, self.attname)


def store(field, name, body):
    path = f"{field.upload_to}/{name}"
    return path if field.storage.exists(path) else field.storage.save(path, ContentFile(body))
